import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isBeyondSpread, spreadOf } from './spread.ts';

describe('a spread', () => {
  it('has n − 1 in its denominator', () => {
    expect(spreadOf([2, 4, 4, 4, 5, 5, 7, 9])).toMatchObject({ mean: 5, count: 8 });
    expect(spreadOf([2, 4, 4, 4, 5, 5, 7, 9]).sd).toBeCloseTo(Math.sqrt(32 / 7), 12);
  });

  it('of one value is unknown, and so is the mean of none', () => {
    expect(spreadOf([3])).toEqual({ mean: 3, sd: Number.NaN, count: 1 });
    expect(spreadOf([]).mean).toBeNaN();
  });
});

describe('beyond the spread', () => {
  it('is a mean larger than the standard deviation; with one pair any gain', () => {
    expect(isBeyondSpread(spreadOf([1, 2, 3]))).toBe(true);
    expect(isBeyondSpread(spreadOf([-1, 1, 3]))).toBe(false);
    expect(isBeyondSpread(spreadOf([-3, -2, -1]))).toBe(false);
    expect(isBeyondSpread(spreadOf([0, 0, 0]))).toBe(false);
    expect([0.001, 0, -0.001].map((gain) => isBeyondSpread(spreadOf([gain])))).toEqual([true, false, false]);
  });

  it('is transitive', () => {
    const values = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(values, values, (first, second) => {
        const both = first.map((gain, index) => gain + second[index]);
        if (isBeyondSpread(spreadOf(first)) && isBeyondSpread(spreadOf(second)))
          expect(isBeyondSpread(spreadOf(both.map((gain) => gain + 1e-9)))).toBe(true);
      }),
    );
  });
});
