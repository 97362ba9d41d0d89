// Low rank: what it must find, and how near to the best it comes.

import { describe, expect, test } from 'vitest';
import { Rng } from '../../random.ts';
import { randomUpdate } from '../../testing/test-vectors.ts';
import { type CodecSpec, describePacket, makeCodec, type Update } from '../index.ts';
import { lowRank, orthonormalise } from './low-rank.ts';

const decoded = (update: Update, rank: number, more: Partial<CodecSpec> = {}) => {
  const { encode, decode } = makeCodec({
    factor: 'low-rank',
    rank,
    sparsify: 'none',
    keep: 1,
    quantise: 'fp32',
    ...more,
  });
  return decode(encode(update, { rng: new Rng('low rank') })).values;
};
const lengthOf = (values: Float32Array) => Math.hypot(...values);
const errorOf = (update: Update, rank: number, more: Partial<CodecSpec> = {}) =>
  lengthOf(decoded(update, rank, more).map((value, i) => value - update.values[i])) / lengthOf(update.values);

/** Orthonormal vectors of `length` values, one after another. */
function orthonormal(count: number, length: number, rng: Rng): Float64Array {
  const vectors = Float64Array.from({ length: count * length }, () => rng.normal());
  orthonormalise(vectors, length);
  return vectors;
}

/** Σ σₖ uₖ vₖᵀ: a matrix whose singular values are known, so that the error of the best approximation is too. */
function withSingularValues(singular: readonly number[], rows: number, columns: number, draw = 0): Update {
  const rng = new Rng(`singular ${draw}`);
  const u = orthonormal(singular.length, rows, rng);
  const v = orthonormal(singular.length, columns, rng);
  const values = Float32Array.from({ length: rows * columns }, (_, at) => {
    const [i, j] = [Math.floor(at / columns), at % columns];
    return singular.reduce((sum, size, k) => sum + size * u[k * rows + i] * v[k * columns + j], 0);
  });
  return { shapes: [[rows, columns]], values };
}

/** The least error that a rank allows: the singular values that it leaves out (Eckart & Young 1936). */
const least = (singular: readonly number[], rank: number) =>
  Math.hypot(...singular.slice(rank)) / Math.hypot(...singular);

const decaying = Array.from({ length: 32 }, (_, k) => 0.75 ** k);

test('P is orthonormal, and Q is Mᵀ P', () => {
  const { values } = withSingularValues(decaying, 40, 32);
  const [p, q] = lowRank.split(values, [40, 32], 6, new Rng('split'));
  for (let a = 0; a < 6; a++) {
    for (let b = 0; b < 6; b++) {
      const dot = p.subarray(40 * a, 40 * a + 40).reduce((sum, value, i) => sum + value * p[40 * b + i], 0);
      expect(dot).toBeCloseTo(a === b ? 1 : 0, 6);
    }
    for (let j = 0; j < 32; j++) {
      const product = p.subarray(40 * a, 40 * a + 40).reduce((sum, value, i) => sum + value * values[32 * i + j], 0);
      expect(q[32 * a + j]).toBeCloseTo(product, 6);
    }
  }
});

test.each([1, 2, 4, 8])(
  'at rank %d it errs on average less than 5 %% more than the best there is, never a quarter',
  (rank) => {
    const ratios = Array.from({ length: 20 }, (_, draw) => {
      const rows = 32 + 8 * (draw % 3);
      return errorOf(withSingularValues(decaying, rows, 32, draw), rank) / least(decaying, rank);
    });
    expect(Math.min(...ratios)).toBeGreaterThan(0.9999);
    expect(Math.max(...ratios)).toBeLessThan(1.25);
    expect(ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length).toBeLessThan(1.05);
  },
);

test.each([1, 2, 3, 5])('a matrix of rank %d is exact at that rank, to float32', (rank) => {
  const update = withSingularValues(
    Array.from({ length: rank }, (_, k) => 1 + k),
    24,
    31,
  );
  expect(errorOf(update, rank)).toBeLessThan(1e-6);
  // At a higher one too: the directions that are left over are zero.
  expect(errorOf(update, rank + 3)).toBeLessThan(1e-6);
});

describe('the error', () => {
  test.each([
    ['with a decaying spectrum', withSingularValues(decaying, 40, 32)],
    ['with a flat one', randomUpdate([[40, 32]], 'flat')],
    ['of a TinyMLP update', randomUpdate([[32, 16], [32], [32, 32], [32], [5, 32], [5]], 'tiny')],
  ])('%s falls with the rank, to nothing', (_what, update) => {
    const errors = [1, 2, 4, 8, 16, 32].map((rank) => errorOf(update, rank));
    for (const [i, error] of errors.entries()) expect(error).toBeLessThan(i === 0 ? 1 : errors[i - 1] + 1e-12);
    expect(errors.at(-1)).toBe(0);
  });

  test('is never longer than the matrix, whatever it holds', () => {
    const rng = new Rng('any');
    for (let draw = 0; draw < 100; draw++) {
      const update = randomUpdate(
        [[3 + rng.integer(20), 3 + rng.integer(20)]],
        `any ${draw}`,
        10 ** (rng.integer(40) - 20),
      );
      expect(errorOf(update, 1 + rng.integer(4))).toBeLessThanOrEqual(1 + 1e-6);
    }
  });
});

test('full rank is exact: two matrices that would be no smaller are not sent in place of one', () => {
  const update = randomUpdate([[8, 6]], 'full');
  // 4 × (8 + 6) > 8 × 6.
  for (const rank of [4, 6, 64]) expect(decoded(update, rank)).toEqual(update.values);
  expect(decoded(update, 3)).not.toEqual(update.values);
});

test('a vector and a scalar are sent as they are; more dimensions count as a matrix of the last', () => {
  const update = randomUpdate([[40], [], [5, 8, 30]], 'vector');
  const { encode } = makeCodec({ factor: 'low-rank', rank: 2, sparsify: 'none', keep: 1, quantise: 'fp32' });
  expect(decoded(update, 2).subarray(0, 41)).toEqual(update.values.subarray(0, 41));
  const { wireTensors, parts } = describePacket(encode(update, { rng: new Rng('unused') }));
  expect(wireTensors.map(({ shape }) => shape)).toEqual([[40], [], [2, 40], [2, 30]]);
  expect(parts.values).toBe(4 * (40 + 1 + 2 * 40 + 2 * 30));
});

test('zeros stay zero, and the largest float32s finite', () => {
  expect(decoded({ shapes: [[9, 9]], values: new Float32Array(81) }, 3).every((value) => value === 0)).toBe(true);
  const largest = new Float32Array(81).fill((2 - 2 ** -23) * 2 ** 127);
  expect(decoded({ shapes: [[9, 9]], values: largest }, 3).every(Number.isFinite)).toBe(true);
});

test('its directions differ in size, so scales by row serve it better', () => {
  const update = withSingularValues(decaying, 40, 32);
  expect(errorOf(update, 8, { quantise: 'int4', scales: 'row' })).toBeLessThan(
    0.8 * errorOf(update, 8, { quantise: 'int4' }),
  );
});

test.each([0, -1, 1.5, 65, Number.NaN])('a rank of %d is refused', (rank) => {
  expect(() => makeCodec({ factor: 'low-rank', rank, sparsify: 'none', keep: 1, quantise: 'fp32' })).toThrow(
    `A codec's rank must be a whole number from 1 to 64, not ${rank}.`,
  );
});
