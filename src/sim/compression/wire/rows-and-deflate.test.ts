// Scales by row, deflate, and the name of a codec that does it all.

import { describe, expect, test } from 'vitest';
import { Rng } from '../../random.ts';
import { testVectors } from '../../testing/test-vectors.ts';
import { type CodecSpec, makeCodec, type Update } from '../index.ts';

const context = () => ({ rng: new Rng('options') });

test('a codec is named after all that it does', () => {
  const all: CodecSpec = {
    factor: 'low-rank',
    rank: 4,
    sparsify: 'top-k',
    keep: 0.1,
    indices: 'rice',
    rotate: true,
    quantise: 'int4',
    rounding: 'stochastic',
    scales: 'row',
    pack: 'deflate',
  };
  expect(makeCodec(all).id).toBe('low-rank-4+top-k-10+rice+rotated+int4+stochastic+rows+deflate');
  expect(makeCodec(all).label).toBe(
    'rank 4 + top-k 10 % + Golomb-Rice gaps + rotated + INT4 + by chance + by row + deflate',
  );
  // What a quantiser cannot do is not in the name.
  expect(makeCodec({ ...all, quantise: 'fp16' }).id).toBe('low-rank-4+top-k-10+rice+rotated+fp16+deflate');
});

describe('scales by row', () => {
  // Two rows, one a thousand times the other.
  const update = {
    shapes: [[2, 50]],
    values: Float32Array.from({ length: 100 }, (_, i) => (i < 50 ? 1 : 1e-3) * Math.sin(i)),
  };
  const decoded = (scales: 'tensor' | 'row') => {
    const { encode, decode } = makeCodec({ sparsify: 'none', keep: 1, quantise: 'int8', scales });
    const bytes = encode(update, context());
    return { bytes, small: decode(bytes).values.subarray(50) };
  };

  test('cost two numbers a row, and keep a small row from drowning in a large one', () => {
    const [tensor, row] = [decoded('tensor'), decoded('row')];
    expect(row.bytes.length - tensor.bytes.length).toBe(8);
    expect(tensor.small.every((value) => value === 0)).toBe(true);
    for (const [i, value] of row.small.entries()) expect(value).toBeCloseTo(update.values[50 + i], 5);
  });

  test('change nothing for a vector', () => {
    const vector = { shapes: [[100]], values: update.values };
    const [tensor, row] = (['tensor', 'row'] as const).map((scales) => {
      const { encode, decode } = makeCodec({ sparsify: 'none', keep: 1, quantise: 'int8', scales });
      return decode(encode(vector, context())).values;
    });
    expect(row).toEqual(tensor);
  });
});

describe('deflate', () => {
  test('shrinks what repeats, and leaves alone what does not', () => {
    const size = (update: Update, pack: 'bits' | 'deflate') =>
      makeCodec({ sparsify: 'none', keep: 1, quantise: 'fp32', pack }).encode(update, context()).length;
    const same = { shapes: [[1000]], values: new Float32Array(1000).fill(0.1) };
    expect(size(same, 'deflate')).toBeLessThan(0.02 * size(same, 'bits'));
    const noise = testVectors['a TinyMLP update'];
    expect(size(noise, 'deflate')).toBeLessThanOrEqual(size(noise, 'bits') + 3);
  });
});
