// One contract for every quantiser under every sparsifier; codec-spec.test.ts has the other stages.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OwnSettings } from '../experiment/variants.ts';
import { Rng } from '../random.ts';
import { testVectors } from '../testing/test-vectors.ts';
import { withStageDefaults } from './codec-spec.ts';
import {
  type CodecSpec,
  describePacket,
  factorisers,
  makeCodec,
  quantiserIds,
  quantisers,
  sparsifierIds,
  sparsifiers,
  type Update,
} from './index.ts';
import { selectPositions } from './sparsifiers/select-positions.ts';

const context = () => ({ rng: new Rng('codec') });

const amounts: Readonly<Record<string, readonly Partial<CodecSpec>[]>> = {
  keep: [{ keep: 0.1 }, { keep: 0.5 }],
  threshold: [{ threshold: 0 }, { threshold: 0.3 }],
};

/** Random-k is held to its plain form here; that it is right on average is a test of its own. */
const specs: CodecSpec[] = sparsifierIds.flatMap((sparsify) => {
  const [amount] = Object.keys(sparsifiers[sparsify].settings);
  const each = amount === undefined ? [{}] : amounts[amount];
  return quantiserIds.flatMap((quantise) => each.map((own) => ({ sparsify, ...own, scalesUp: false, quantise })));
});

function tensorsOf({ shapes, values }: Update): Float32Array[] {
  let at = 0;
  return shapes.map((shape) => {
    const length = shape.reduce((size, n) => size * n, 1);
    at += length;
    return values.slice(at - length, at);
  });
}

/** Encodes and decodes, and holds the result against all that a codec promises. */
function checkRoundTrip(spec: CodecSpec, update: Update, name: string): void {
  const codec = makeCodec(spec);
  const bytes = codec.encode(update, context());
  const decoded = codec.decode(bytes);
  expect(decoded.shapes).toEqual(update.shapes);
  expect(decoded.values.length).toBe(update.values.length);

  const tensors = tensorsOf(update);
  const results = tensorsOf(decoded);
  const { positions } = selectPositions<OwnSettings>(
    sparsifiers[spec.sparsify],
    tensors,
    { ...withStageDefaults(spec) },
    context().rng,
  );
  for (const [t, tensor] of tensors.entries()) {
    const kept = positions ? positions[t] : Uint32Array.from(tensor.keys());
    const sent = Float32Array.from(kept, (position) => tensor[position]);
    const bound = quantisers[spec.quantise].errorBound(sent, 'nearest', withStageDefaults(spec));
    const isKept = new Set(kept);
    const error = (value: number, i: number) => Math.abs(results[t][i] - (isKept.has(i) ? value : 0));
    const limit = (i: number) => (isKept.has(i) ? bound : 0);
    expect(
      tensor.findIndex((value, i) => !(error(value, i) <= limit(i))),
      name,
    ).toBe(-1);
  }

  const { parts } = describePacket(bytes);
  expect(Object.values(parts).reduce((sum, part) => sum + part, 0)).toBe(bytes.length);
  const counts = positions ? positions.map((kept) => kept.length) : tensors.map((tensor) => tensor.length);
  const bits = counts.reduce((sum, count) => sum + quantisers[spec.quantise].bitsOf(count), 0);
  expect(parts.values).toBe(Math.ceil(bits / 8));
}

describe.each(specs.map((spec) => [makeCodec(spec).id, spec] as const))('%s', (_id, spec) => {
  test('brings back every sample within its error bound', () => {
    for (const [name, update] of Object.entries(testVectors)) checkRoundTrip(spec, update, name);
  });

  test('brings back any finite update within its error bound', () => {
    const tensor = fc.float32Array({ noNaN: true, noDefaultInfinity: true, maxLength: 40 });
    fc.assert(
      fc.property(fc.array(tensor, { maxLength: 4 }), (tensors) => {
        const shapes = tensors.map((values) => [values.length]);
        checkRoundTrip(spec, { shapes, values: Float32Array.from(tensors.flatMap((values) => [...values])) }, 'drawn');
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  test('sends zeros, and tensors of one repeated value, exactly', () => {
    const { encode, decode } = makeCodec({ ...spec, keep: 1 });
    const exact = spec.quantise === 'fp16' || spec.quantise === 'bf16' ? 0.5 : 0.1;
    const update = { shapes: [[4], [3], [2, 0]], values: Float32Array.of(0, 0, 0, 0, exact, exact, exact) };
    expect(decode(encode(update, context()))).toEqual(update);
  });

  test('refuses what is not finite, in a sentence', () => {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      const update = { shapes: [[3]], values: Float32Array.of(1, bad, 2) };
      expect(() => makeCodec(spec).encode(update, context())).toThrow(
        `An update with NaN or Infinity cannot be encoded: value 1 of 3 is ${bad}.`,
      );
    }
  });
});

test('FP32 loses nothing, not even the sign of a zero', () => {
  const { encode, decode } = makeCodec({ sparsify: 'none', keep: 1, quantise: 'fp32' });
  for (const update of [...Object.values(testVectors), { shapes: [[2]], values: Float32Array.of(-0, 0) }]) {
    expect(decode(encode(update, context()))).toEqual(update);
  }
});

test('fewer bits never promise a smaller error', () => {
  for (const update of Object.values(testVectors)) {
    for (const tensor of tensorsOf(update)) {
      const [int8, int4, int2] = [quantisers.int8, quantisers.int4, quantisers.int2].map((q) =>
        q.errorBound(tensor, 'nearest', {}),
      );
      expect(int8).toBeLessThanOrEqual(int4);
      expect(int4).toBeLessThanOrEqual(int2);
      expect(int8).toBeLessThanOrEqual(quantisers['tutorial-int8'].errorBound(tensor, 'nearest', {}));
    }
  }
});

test('every stage has its id, and a wire code that no other has', () => {
  for (const stages of [Object.entries(quantisers), Object.entries(sparsifiers)]) {
    for (const [id, stage] of stages) expect(stage.id).toBe(id);
    expect(new Set(stages.map(([, stage]) => stage.wireCode)).size).toBe(stages.length);
  }
});

test('every stage names its paper or standard', () => {
  for (const stage of Object.values({ ...quantisers, ...sparsifiers, ...factorisers })) {
    expect(stage.source, stage.id).toMatch(/(19|20)\d\d|IEEE 754|Tutorial 198/);
  }
});

test('a codec is named after its stages', () => {
  const name = (spec: CodecSpec) => [makeCodec(spec).id, makeCodec(spec).label];
  expect(name({ sparsify: 'none', keep: 1, quantise: 'fp32' })).toEqual(['fp32', 'FP32']);
  expect(name({ sparsify: 'top-k', keep: 0.1, quantise: 'int8' })).toEqual(['top-k-10+int8', 'top-k 10 % + INT8']);
  expect(name({ sparsify: 'top-k', keep: 0.29, quantise: 'fp32' })).toEqual(['top-k-29+fp32', 'top-k 29 % + FP32']);
  expect(name({ sparsify: 'top-k', keep: 0.005, quantise: 'int2', indices: 'u16' })).toEqual([
    'top-k-0.5+u16+int2',
    'top-k 0.5 % + 16-bit indices + INT2',
  ]);
});

test.each([0, -0.1, 1.01, Number.NaN])('a codec cannot keep a share of %d', (keep) => {
  expect(() => makeCodec({ sparsify: 'top-k', keep, quantise: 'int8' })).toThrow(RangeError);
});

test('an update whose shapes and values disagree is refused', () => {
  const { encode } = makeCodec({ sparsify: 'none', keep: 1, quantise: 'int8' });
  const refuse = (shapes: number[][], length: number) =>
    expect(() => encode({ shapes, values: new Float32Array(length) }, context())).toThrow(RangeError);
  refuse([[3], [2, 2]], 6);
  refuse([[0.5, 4]], 2);
  refuse([[1, 1, 1, 1, 1, 1, 1, 1, 1]], 1);
  refuse(new Array(1025).fill([0]), 0);
  refuse([[2 ** 22 + 1]], 2 ** 22 + 1);
});
