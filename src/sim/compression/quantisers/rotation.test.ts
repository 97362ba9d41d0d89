// A rotation is orthogonal, can be undone, and helps a quantiser that a few large values would spoil.

import { describe, expect, test } from 'vitest';
import { Rng } from '../../random.ts';
import { type CodecSpec, makeCodec, type QuantiserId } from '../index.ts';
import { MAX_FLOAT32 } from './quantiser.ts';
import { rotate, signGenerator, unrotate } from './rotation.ts';

const normals = (length: number) => {
  const rng = new Rng(`normals ${length}`);
  return Float32Array.from({ length }, () => rng.normal());
};
const norm = (values: Float32Array) => Math.hypot(...values);
const turned = (values: Float32Array, seed = 7) => {
  const copy = values.slice();
  rotate(copy, signGenerator(seed));
  return copy;
};

test.each([0, 1, 2, 3, 5, 16, 31, 160, 1024, 1765])('%d values keep their length, and turn back', (length) => {
  const values = normals(length);
  const there = turned(values);
  expect(norm(there)).toBeCloseTo(norm(values), 4);
  unrotate(there, signGenerator(7));
  for (const [i, value] of there.entries()) expect(value).toBeCloseTo(values[i], 5);
});

test('vectors draw their signs one after another, and another seed draws others', () => {
  const rng = signGenerator(1);
  const [first, second] = [new Float32Array(64).fill(1), new Float32Array(64).fill(1)];
  rotate(first, rng);
  rotate(second, rng);
  expect(second).not.toEqual(first);
  expect(turned(new Float32Array(64).fill(1), 2)).not.toEqual(turned(new Float32Array(64).fill(1), 1));
  const back = signGenerator(1);
  unrotate(first, back);
  unrotate(second, back);
  for (const value of [...first, ...second]) expect(value).toBeCloseTo(1, 5);
});

test('one spike of 1,024 is spread evenly over all: ±1 of a length of 32', () => {
  const spike = new Float32Array(1024);
  spike[77] = 32;
  expect(turned(spike).every((value) => Math.abs(value) === 1)).toBe(true);
});

test('rotations are orthogonal: inner products stay', () => {
  const [a, b] = [normals(100), normals(101).subarray(1)];
  const dot = (x: Float32Array, y: Float32Array) => x.reduce((sum, value, i) => sum + value * y[i], 0);
  expect(dot(turned(a), turned(b))).toBeCloseTo(dot(a, b), 4);
});

test('the largest float32s saturate and stay finite', () => {
  const values = new Float32Array(8).fill(MAX_FLOAT32);
  rotate(values, signGenerator(3));
  expect(values.every(Number.isFinite)).toBe(true);
  unrotate(values, signGenerator(3));
  expect(values.every(Number.isFinite)).toBe(true);
});

/** The error's length as a share of the vector's, with three values of a size among 1,021 from N(0, 1). */
function error(spike: number, spec: Pick<CodecSpec, 'quantise' | 'rotate' | 'rounding'>): number {
  const values = normals(1024);
  for (const [at, sign] of [
    [3, 1],
    [200, -1],
    [900, 1],
  ])
    values[at] = sign * spike;
  const { encode, decode } = makeCodec({ sparsify: 'none', keep: 1, ...spec });
  const decoded = decode(encode({ shapes: [[1024]], values }, { rng: new Rng('spiky') })).values;
  return norm(decoded.map((value, i) => value - values[i])) / norm(values);
}

describe.each(['nearest', 'stochastic'] as const)(
  'three values of ten standard deviations, rounding %s:',
  (rounding) => {
    test.each<QuantiserId>(['int8', 'int4', 'int3', 'int2', 'sign'])('%s errs less after a rotation', (quantise) => {
      const plain = error(10, { quantise, rounding });
      expect(error(10, { quantise, rounding, rotate: true })).toBeLessThan(0.95 * plain);
    });
  },
);

test('INT4 gains more than half', () => {
  expect(error(10, { quantise: 'int4', rotate: true })).toBeLessThan(0.5 * error(10, { quantise: 'int4' }));
});

test('where a few values are nearly all, plain ternary sends just them, and a rotation only spreads them', () => {
  expect(error(400, { quantise: 'ternary' })).toBeLessThan(0.1);
  expect(error(400, { quantise: 'ternary', rotate: true })).toBeGreaterThan(0.4);
});
