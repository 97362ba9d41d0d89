import fc from 'fast-check';
import { expect, it } from 'vitest';
import { initialWeights } from '../../sim/model/models.ts';
import { Rng } from '../../sim/random.ts';
import { microCnn, tinyMlp } from '../../sim/testing/models.ts';
import { stackWeights, unstackWeights } from './weight-layout.ts';

it('stacking weights and unstacking them changes nothing', () => {
  const models = fc.constantFrom(tinyMlp(1), tinyMlp(), tinyMlp(48), microCnn(), tinyMlp(16, 0, 4), microCnn(4));
  fc.assert(
    fc.property(models, fc.integer({ min: 1, max: 5 }), fc.boolean(), (model, devices, shared) => {
      const own = Array.from({ length: devices }, (_, index) => initialWeights(model, new Rng(index)));
      const starts = shared ? own.map(() => own[0]) : own;
      const stacked = stackWeights(model, starts);
      expect(unstackWeights(model, stacked, devices)).toEqual(starts);
    }),
  );
});
