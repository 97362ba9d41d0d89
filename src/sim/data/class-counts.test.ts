import fc from 'fast-check';
import { expect, test } from 'vitest';
import { largestRemainder, sortedLabels } from './class-counts.ts';

const weightsOf = fc.array(fc.double({ min: 0, max: 10, noNaN: true }), { minLength: 1, maxLength: 8 });
const sum = (numbers: ArrayLike<number>) => Array.from(numbers).reduce((a, b) => a + b, 0);

test('the counts add up exactly and lie within one of their quota', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 5000 }), weightsOf, (total, weights) => {
      const counts = largestRemainder(total, weights);
      expect(sum(counts)).toBe(total);
      if (sum(weights) < 1e-6) return;
      counts.forEach((count, i) => {
        expect(Math.abs(count - (total * weights[i]) / sum(weights))).toBeLessThan(1 + 1e-6);
      });
    }),
  );
});

test('a class of weight zero gets nothing', () => {
  expect([...largestRemainder(7, [0, 1, 0, 1, 1])]).toEqual([0, 3, 0, 2, 2]);
});

test('with no weight at all the split is even', () => {
  expect([...largestRemainder(5, [0, 0])]).toEqual([3, 2]);
});

test('labels repeat each class as often as its count says', () => {
  expect([...sortedLabels([2, 1, 0, 3])]).toEqual([0, 0, 1, 3, 3, 3]);
});
