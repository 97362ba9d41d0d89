import { describe, expect, it } from 'vitest';
import { Rng } from '../random.ts';
import { logisticRegression, microCnn, tinyMlp } from '../testing/models.ts';
import { initialWeights } from './models.ts';
import { pruningMask, sparsityAt } from './pruning.ts';

describe('the schedule', () => {
  const settings = { sparsity: 0.8, begin: 10, ramp: 20 };

  it('prunes nothing up to its beginning, all from its end on, and follows the cube between', () => {
    expect([1, 9, 10].map((round) => sparsityAt(round, settings))).toEqual([0, 0, 0]);
    expect([30, 31, 500].map((round) => sparsityAt(round, settings))).toEqual([0.8, 0.8, 0.8]);
    // Half-way: 1 − (1/2)³ of it.
    expect(sparsityAt(20, settings)).toBeCloseTo(0.8 * (7 / 8), 12);
  });

  it('never falls, and is steepest first', () => {
    const steps = Array.from({ length: 20 }, (_, i) => sparsityAt(11 + i, settings) - sparsityAt(10 + i, settings));
    for (const [i, step] of steps.entries()) {
      expect(step).toBeGreaterThan(0);
      if (i > 0) expect(step).toBeLessThan(steps[i - 1]);
    }
  });

  it('without a ramp prunes all at once', () => {
    expect(sparsityAt(9, { ...settings, ramp: 0 })).toBe(0);
    expect(sparsityAt(10, { ...settings, ramp: 0 })).toBe(0.8);
  });
});

describe('a mask', () => {
  it.each([tinyMlp(), microCnn(), tinyMlp(32, 0, 4), logisticRegression()])(
    'of $label drops the smallest weights of each matrix and no bias',
    (model) => {
      const weights = initialWeights(model, new Rng('w'));
      const mask = pruningMask(model, weights, 0.6);
      let from = 0;
      for (const { shape } of model.tensors) {
        const size = shape.reduce((product, length) => product * length, 1);
        const own = [...weights.subarray(from, from + size)].map((weight, i) => ({
          size: Math.abs(weight),
          kept: mask[from + i],
        }));
        const [kept, dropped] = [1, 0].map((wanted) => own.filter((each) => each.kept === wanted));
        expect(dropped.length).toBe(shape.length > 1 ? Math.floor(0.6 * size) : 0);
        if (dropped.length > 0)
          expect(Math.max(...dropped.map((each) => each.size))).toBeLessThanOrEqual(
            Math.min(...kept.map((each) => each.size)),
          );
        from += size;
      }
    },
  );

  it('keeps dropped what is zero already: nobody would know that it is back', () => {
    const model = tinyMlp(4);
    const weights = initialWeights(model, new Rng('w'));
    const strict = pruningMask(model, weights, 0.8);
    const pruned = weights.map((weight, i) => weight * strict[i]);
    expect(pruningMask(model, pruned, 0.2)).toEqual(strict);
    expect(pruningMask(model, weights, 0)).toEqual(new Uint8Array(model.parameters).fill(1));
  });
});
