import fc from 'fast-check';
import { expect, test } from 'vitest';
import { maxMinFairCounts } from './max-min-fair.ts';

const CLASSES = 4;
const supplyOf = fc.array(fc.nat(80), { minLength: CLASSES, maxLength: CLASSES });
const mixOf = fc
  .array(
    fc.double({ min: 0, max: 1, noNaN: true }).map((value) => value ** 4),
    { minLength: CLASSES, maxLength: CLASSES },
  )
  .filter((weights) => weights.some((weight) => weight > 1e-6))
  .map((weights) => weights.map((weight) => weight / weights.reduce((a, b) => a + b, 0)));
const demandsOf = fc.array(fc.record({ samples: fc.nat(60), mix: mixOf }), { minLength: 1, maxLength: 12 });
const sum = (numbers: ArrayLike<number>) => Array.from(numbers).reduce((a, b) => a + b, 0);

test('nobody gets more than asked, no class gives more than it has, and every mix is the asked one up to rounding', () => {
  fc.assert(
    fc.property(supplyOf, demandsOf, (supply, demands) => {
      const counts = maxMinFairCounts(supply, demands);
      for (let label = 0; label < CLASSES; label++) {
        expect(sum(counts.map((own) => own[label]))).toBeLessThanOrEqual(supply[label]);
      }
      demands.forEach(({ samples, mix }, i) => {
        const total = sum(counts[i]);
        expect(total).toBeLessThanOrEqual(samples);
        // Some whole amount, at most what rounding down costs above the total, of which each count is the share.
        const amounts = Array.from({ length: CLASSES }, (_, more) => total + more);
        const fits = (amount: number) => mix.every((share, c) => Math.abs(counts[i][c] - amount * share) < 1 + 1e-6);
        expect(amounts.some(fits)).toBe(true);
      });
    }),
  );
});

test('where there is enough everyone gets all that was asked for', () => {
  fc.assert(
    fc.property(demandsOf, (demands) => {
      const counts = maxMinFairCounts(Array(CLASSES).fill(60 * demands.length + demands.length), demands);
      demands.forEach(({ samples }, i) => {
        expect(sum(counts[i])).toBe(samples);
      });
    }),
  );
});

test('of a scarce class all that ask for much get the same, and who asks for little gets it all', () => {
  const only = (samples: number) => ({ samples, mix: [1, 0] });
  expect(maxMinFairCounts([20, 0], [only(30), only(4), only(9), only(30)]).map((own) => own[0])).toEqual([5, 4, 5, 5]);
});
