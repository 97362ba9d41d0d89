import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { tinyMlp } from '../testing/models.ts';
import { countNonZero, gather, masked, scatter, weightSubset } from './masks.ts';

const maskedValues = fc
  .array(fc.tuple(fc.float({ noNaN: true, noDefaultInfinity: true }), fc.boolean()), { maxLength: 50 })
  .map((pairs) => ({
    values: Float32Array.from(pairs, ([value]) => value),
    mask: Uint8Array.from(pairs, ([, kept]) => (kept ? 1 : 0)),
  }));

it('scattering what was gathered gives the masked values', () => {
  fc.assert(
    fc.property(maskedValues, ({ values, mask }) => {
      const kept = gather(values, mask);
      expect(kept.length).toBe(countNonZero(mask));
      expect(scatter(kept, mask)).toEqual(masked(values, mask));
    }),
  );
});

it('a tensor travels in its shape where all of it is kept, else as a vector of what is', () => {
  const model = tinyMlp(4);
  const mask = new Uint8Array(model.parameters).fill(1);
  mask[0] = 0;
  mask[63] = 0;
  expect(weightSubset(model, mask).shapes).toEqual([[62], [4], [4, 4], [4], [5, 4], [5]]);
});
