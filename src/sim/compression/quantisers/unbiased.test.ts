// Rounding by chance, and random-k scaled up, are right on average; rounding to the nearest is not.

import { describe, expect, test } from 'vitest';
import { Rng } from '../../random.ts';
import { type CodecSpec, makeCodec, type QuantiserId, quantiserIds, quantisers } from '../index.ts';

const DRAWS = 10_000;

/** Two rows of both signs, with values between the levels, a large and a small one; and a tensor of positive ones. */
const mixed = {
  shapes: [[2, 6], [5]],
  values: Float32Array.of(0.3, -0.11, 0.02, 1, -0.4, 0, 0.07, -0.62, 0.5, 0.21, -0.9, 0.01, 0.2, 0.5, 0.33, 0.9, 0.41),
};

/** How far the mean of many decodings is from each value, and the standard error of that mean. */
function deviations(spec: CodecSpec): { readonly off: number; readonly standardError: number }[] {
  const { encode, decode } = makeCodec(spec);
  const rng = new Rng('draws');
  const sums = new Float64Array(mixed.values.length);
  const squares = new Float64Array(mixed.values.length);
  for (let draw = 0; draw < DRAWS; draw++) {
    const { values } = decode(encode(mixed, { rng }));
    for (let i = 0; i < values.length; i++) {
      sums[i] += values[i];
      squares[i] += values[i] ** 2;
    }
  }
  return [...mixed.values].map((value, i) => {
    const mean = sums[i] / DRAWS;
    const variance = Math.max(0, squares[i] / DRAWS - mean ** 2);
    return { off: Math.abs(mean - value), standardError: Math.sqrt(variance / DRAWS) };
  });
}

/** What float32 adds to values of up to 1, however often they are drawn. */
const ROUNDING = 2 ** -22;
const isUnbiased = (spec: CodecSpec) =>
  deviations(spec).every(({ off, standardError }) => off <= 4.5 * standardError + ROUNDING);

const byChance: readonly QuantiserId[] = quantiserIds.filter((id) => quantisers[id].canBeStochastic);

test.each<QuantiserId>(['int8', 'int6', 'int4', 'int3', 'int2', 'ternary', 'sign'])('%s can round by chance', (id) => {
  expect(byChance).toContain(id);
});

describe.each(byChance)('%s by chance, over 10,000 draws,', (quantise) => {
  const spec: CodecSpec = { sparsify: 'none', keep: 1, quantise, rounding: 'stochastic' };
  test('is right on average', () => {
    expect(isUnbiased(spec)).toBe(true);
  });
  test('is right on average with scales by row, after a rotation', () => {
    expect(isUnbiased({ ...spec, scales: 'row', rotate: true })).toBe(true);
  });
});

test.each<QuantiserId>(['int4', 'int2', 'ternary', 'sign'])(
  '%s to the nearest is off, however often it is drawn',
  (quantise) => {
    expect(isUnbiased({ sparsify: 'none', keep: 1, quantise })).toBe(false);
  },
);

test('random-k is right on average if it is scaled up, and only then', () => {
  const spec: CodecSpec = { sparsify: 'random-k', keep: 0.25, quantise: 'fp32' };
  expect(isUnbiased(spec)).toBe(true);
  expect(isUnbiased({ ...spec, quantise: 'int2', rounding: 'stochastic' })).toBe(true);
  expect(isUnbiased({ ...spec, scalesUp: false })).toBe(false);
});

test('random-k errs on average n/k − 1 times the square of the update', () => {
  const { encode, decode } = makeCodec({ sparsify: 'random-k', keep: 0.25, quantise: 'fp32' });
  const rng = new Rng('variance');
  const values = mixed.values.subarray(0, 12);
  const square = (of: Float32Array) => of.reduce((sum, value) => sum + value ** 2, 0);
  let total = 0;
  for (let draw = 0; draw < DRAWS; draw++) {
    const decoded = decode(encode({ shapes: [[12]], values }, { rng })).values;
    total += square(decoded.map((value, i) => value - values[i]));
  }
  expect(total / DRAWS / square(values)).toBeCloseTo(12 / 3 - 1, 1);
});

test('the more levels, the less rounding by chance scatters', () => {
  const scatter = (['int2', 'int4', 'int8'] as const).map((quantise) =>
    deviations({ sparsify: 'none', keep: 1, quantise, rounding: 'stochastic' }).reduce(
      (sum, own) => sum + own.standardError,
      0,
    ),
  );
  expect(scatter).toEqual(scatter.toSorted((a, b) => b - a));
});
