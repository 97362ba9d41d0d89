import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exceedsSpread, sampleStatistics } from './statistics.ts';

describe('a spread', () => {
  it('has n − 1 in its denominator', () => {
    expect(sampleStatistics([2, 4, 4, 4, 5, 5, 7, 9])).toMatchObject({ mean: 5, count: 8 });
    expect(sampleStatistics([2, 4, 4, 4, 5, 5, 7, 9]).sd).toBeCloseTo(Math.sqrt(32 / 7), 12);
  });

  it('of one value is unknown, and so is the mean of none', () => {
    expect(sampleStatistics([3])).toEqual({ mean: 3, sd: Number.NaN, count: 1 });
    expect(sampleStatistics([]).mean).toBeNaN();
  });
});

describe('beyond the spread', () => {
  it('is a mean larger than the standard deviation; with one pair any gain', () => {
    expect(exceedsSpread(sampleStatistics([1, 2, 3]))).toBe(true);
    expect(exceedsSpread(sampleStatistics([-1, 1, 3]))).toBe(false);
    expect(exceedsSpread(sampleStatistics([-3, -2, -1]))).toBe(false);
    expect(exceedsSpread(sampleStatistics([0, 0, 0]))).toBe(false);
    expect([0.001, 0, -0.001].map((gain) => exceedsSpread(sampleStatistics([gain])))).toEqual([true, false, false]);
  });

  it('is transitive', () => {
    const values = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(values, values, (first, second) => {
        const both = first.map((gain, index) => gain + second[index]);
        if (exceedsSpread(sampleStatistics(first)) && exceedsSpread(sampleStatistics(second)))
          expect(exceedsSpread(sampleStatistics(both.map((gain) => gain + 1e-9)))).toBe(true);
      }),
    );
  });
});
