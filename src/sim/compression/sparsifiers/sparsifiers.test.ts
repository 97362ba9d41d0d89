// What a sparsifier leaves out, and how sparse an aggregate of sparse updates still is.

import { describe, expect, test } from 'vitest';
import { Rng } from '../../random.ts';
import { randomUpdate } from '../../testing/test-vectors.ts';
import { type CodecSpec, describePacket, makeCodec, type SparsifierId } from '../index.ts';

const decoded = (spec: CodecSpec, update: { shapes: number[][]; values: Float32Array }, rng = new Rng('unused')) => {
  const { encode, decode } = makeCodec(spec);
  const bytes = encode(update, { rng });
  return { bytes, values: decode(bytes).values };
};
const square = (values: Float32Array) => values.reduce((sum, value) => sum + value ** 2, 0);
const errorOf = (spec: CodecSpec, values: Float32Array) =>
  square(decoded(spec, { shapes: [[values.length]], values }).values.map((value, i) => value - values[i]));

describe('top-k leaves out at most 1 − k/n of the squares', () => {
  test.each<SparsifierId>(['top-k', 'top-k-global'])('%s', (sparsify) => {
    const even = new Float32Array(100).fill(-2);
    expect(errorOf({ sparsify, keep: 0.3, quantise: 'fp32' }, even)).toBe(0.7 * square(even));
    for (let draw = 0; draw < 50; draw++) {
      const { values } = randomUpdate([[100]], `draw ${draw}`);
      expect(errorOf({ sparsify, keep: 0.3, quantise: 'fp32' }, values)).toBeLessThan(0.7 * square(values));
    }
  });
});

test('sign leaves out 1 − (Σ|v|)² / (n Σv²) of the squares', () => {
  const { values } = randomUpdate([[500]], 'sign', 1);
  const sum = values.reduce((total, value) => total + Math.abs(value), 0);
  const share = errorOf({ sparsify: 'none', keep: 1, quantise: 'sign' }, values) / square(values);
  expect(share).toBeCloseTo(1 - sum ** 2 / (500 * square(values)), 5);
  // For normal values 1 − 2 / π.
  expect(share).toBeCloseTo(1 - 2 / Math.PI, 1);
});

test('top-k overall keeps most where most changes; top-k keeps its share of every tensor', () => {
  const { values } = randomUpdate([[100], [100]], 'uneven', 1);
  for (let i = 0; i < 100; i++) values[i] *= 1000;
  const keptOf = (sparsify: SparsifierId) => {
    const sent = decoded({ sparsify, keep: 0.25, quantise: 'fp32' }, { shapes: [[100], [100]], values }).values;
    return [sent.subarray(0, 100), sent.subarray(100)].map((own) => own.filter((value) => value !== 0).length);
  };
  expect(keptOf('top-k')).toEqual([25, 25]);
  expect(keptOf('top-k-global')).toEqual([50, 0]);
});

test('a threshold keeps what reaches its share of the largest, tensor by tensor', () => {
  const values = Float32Array.of(1, -0.5, 0.49, 0, 0.01, 0.005, -0.0049, 0);
  const keep = (threshold: number) => [
    ...decoded({ sparsify: 'threshold', keep: 1, threshold, quantise: 'fp32' }, { shapes: [[4], [4]], values }).values,
  ];
  expect(keep(0.5)).toEqual([1, -0.5, 0, 0, 0.01, 0.005, 0, 0].map(Math.fround));
  expect(keep(0)).toEqual([...values]);
});

test.each([-0.1, 1, Number.NaN])('a threshold of %d is refused', (threshold) => {
  expect(() => makeCodec({ sparsify: 'threshold', keep: 1, threshold, quantise: 'fp32' })).toThrow(RangeError);
});

test('random-k sends four bytes for its positions, however many', () => {
  const shapes = [[32, 16], [32], [1000]];
  const update = { shapes, values: new Float32Array(1544).fill(1) };
  for (const keep of [0.01, 0.1, 0.9]) {
    const { encode } = makeCodec({ sparsify: 'random-k', keep, quantise: 'fp32' });
    const { parts, wireTensors } = describePacket(encode(update, { rng: new Rng('seed') }));
    expect(parts.indices).toBe(4);
    expect(wireTensors.map(({ kept, coding }) => ({ kept, coding }))).toEqual(
      [512, 32, 1000].map((length) => ({ kept: Math.max(1, Math.floor(keep * length)), coding: 'a seed' })),
    );
  }
});

test('every position is as likely to be kept by random-k', () => {
  const rng = new Rng('uniform');
  const counts = new Float64Array(10);
  const update = { shapes: [[10]], values: new Float32Array(10).fill(1) };
  for (let draw = 0; draw < 10_000; draw++) {
    const { values } = decoded({ sparsify: 'random-k', keep: 0.3, quantise: 'fp32', scalesUp: false }, update, rng);
    for (const [i, value] of values.entries()) counts[i] += value;
  }
  for (const count of counts) expect(Math.abs(count - 3000)).toBeLessThan(4 * Math.sqrt(10_000 * 0.3 * 0.7));
});

describe('the mean of N updates that each keep a random 1 % of 100,000 values', () => {
  const size = 100_000;
  const shapes = [[size]];
  const fp32 = decoded({ sparsify: 'none', keep: 1, quantise: 'fp32' }, { shapes, values: new Float32Array(size) })
    .bytes.length;

  test.each([
    [5, 0.049, 0.07],
    [10, 0.0956, 0.13],
    [30, 0.2603, 0.3],
  ])('of %d has a density of 1 − 0.99^N = %d, and a threshold of 0 sends just that', (count, density, share) => {
    expect(1 - 0.99 ** count).toBeCloseTo(density, 4);
    const rng = new Rng(`masks ${count}`);
    const mean = new Float32Array(size);
    for (let device = 0; device < count; device++) {
      const update = randomUpdate(shapes, `device ${device}`);
      const { values } = decoded(
        { sparsify: 'random-k', keep: 0.01, quantise: 'fp32' },
        { shapes, values: update.values },
        rng,
      );
      for (let i = 0; i < size; i++) mean[i] += values[i] / count;
    }
    const changed = mean.filter((value) => value !== 0).length;
    const standardError = Math.sqrt(size * density * (1 - density));
    expect(Math.abs(changed - (1 - 0.99 ** count) * size)).toBeLessThan(4 * standardError);

    const down = decoded({ sparsify: 'threshold', keep: 1, threshold: 0, quantise: 'fp32' }, { shapes, values: mean });
    expect(down.values).toEqual(mean);
    // Four bytes a value that changed, and its position: at most a bit for every value of the model.
    expect(down.bytes.length).toBeGreaterThan(4 * changed);
    expect(down.bytes.length).toBeLessThan(4 * changed + size / 8 + 64);
    expect(down.bytes.length / fp32).toBeLessThan(share);
  });
});
