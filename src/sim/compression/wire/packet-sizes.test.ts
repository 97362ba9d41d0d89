// What a packet weighs, byte by byte.

import { describe, expect, test } from 'vitest';
import { Rng } from '../../random.ts';
import { randomUpdate, testVectors, tinyMlpShapes } from '../../testing/test-vectors.ts';
import { type CodecSpec, describePacket, makeCodec } from '../index.ts';
import { crc32 } from './checksum.ts';

const context = { rng: new Rng('unused') };
const tiny = testVectors['a TinyMLP update'];
const encode = (spec: CodecSpec, update = tiny) => makeCodec(spec).encode(update, context);
const { decode } = makeCodec({ sparsify: 'none', keep: 1, quantise: 'fp32' });

describe('a TinyMLP update of 1,765 values in 6 tensors', () => {
  test.each([
    ['fp32', 0, 7060],
    ['fp16', 0, 3530],
    ['int8', 48, 1765],
    ['int4', 48, 883],
    ['int2', 48, 442],
    ['tutorial-int8', 48, 1765],
    ['tutorial-int4', 48, 1765],
    ['tutorial-int2', 48, 1765],
  ] as const)('as %s takes %d B of scales and %d B of values, and 25 B around them', (quantise, scales, values) => {
    const bytes = encode({ sparsify: 'none', keep: 1, quantise });
    expect(describePacket(bytes).parts).toEqual({ header: 21, scales, indices: 0, values, checksum: 4 });
    expect(bytes.length).toBe(25 + scales + values);
  });

  test('at top-10 % keeps 176 values: 1,408 B with 32-bit indices', () => {
    const bytes = encode({ sparsify: 'top-k', keep: 0.1, quantise: 'fp32', indices: 'u32' });
    const { header, indices, values } = describePacket(bytes).parts;
    expect(decode(bytes).values.filter((value) => value !== 0).length).toBe(176);
    expect([indices, values, indices + values]).toEqual([704, 704, 1408]);
    expect(header).toBe(30);
  });

  describe('at top-10 % writes 176 positions', () => {
    const lengths = tinyMlpShapes.map((shape) => shape.reduce((size, n) => size * n, 1));
    const kept = [51, 3, 102, 3, 16, 1];
    const sent = decode(encode({ sparsify: 'top-k', keep: 0.1, quantise: 'fp32' })).values;
    /** The values skipped before each one that is kept, tensor by tensor. */
    const gaps = lengths.map((length, t) => {
      const start = lengths.slice(0, t).reduce((sum, n) => sum + n, 0);
      const positions = [...sent.subarray(start, start + length).entries()].filter(([, value]) => value !== 0);
      return positions.map(([position], i) => position - (i === 0 ? -1 : positions[i - 1][0]) - 1);
    });
    const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

    // By hand, in bits, tensor by tensor.
    const u32 = kept.map((count) => 32 * count);
    const u16 = kept.map((count) => 16 * count);
    // Kept × ⌈log₂ n⌉: of 512, 32, 1,024, 32, 160 and 5.
    const packed = [51 * 9, 3 * 5, 102 * 10, 3 * 5, 16 * 8, 1 * 3];
    const bitmap = [512, 32, 1024, 32, 160, 5];
    // Five bits say r, then each gap g takes ⌊g / 2^r⌋ ones, a zero, and r bits.
    const rice = gaps.map((own) =>
      Math.min(...Array.from({ length: 23 }, (_, r) => 5 + sum(own.map((gap) => Math.floor(gap / 2 ** r) + 1 + r)))),
    );

    test.each([
      ['u32', u32, 704],
      ['u16', u16, 352],
      ['packed', packed, 205],
      ['bitmap', bitmap, 221],
      ['rice', rice, 109],
    ] as const)('as %s', (indices, bits, bytes) => {
      expect(gaps.map((own) => own.length)).toEqual(kept);
      expect(Math.ceil(sum(bits) / 8)).toBe(bytes);
      const packet = encode({ sparsify: 'top-k', keep: 0.1, quantise: 'int8', indices });
      expect(describePacket(packet).parts.indices).toBe(bytes);
      expect(decode(packet).values.filter((value) => value !== 0).length).toBe(176);
    });

    test('in the smallest coding of each tensor, and says which', () => {
      const codings = { '32-bit indices': u32, '16-bit indices': u16, 'packed indices': packed, bitmap, rice };
      const smallest = lengths.map((_, t) => Math.min(...Object.values(codings).map((bits) => bits[t])));
      const { parts, wireTensors } = describePacket(encode({ sparsify: 'top-k', keep: 0.1, quantise: 'int8' }));
      expect(parts.indices).toBe(Math.ceil(sum(smallest) / 8));
      expect(parts.indices).toBeLessThanOrEqual(107);
      expect(wireTensors.map((each) => each.kept)).toEqual(kept);
      // Long tensors are written by their gaps; for three of 32 and one of 5, the five bits that say r are too many.
      expect(wireTensors.map((each) => each.coding)).toEqual([
        'Golomb-Rice gaps',
        'packed indices',
        'Golomb-Rice gaps',
        'packed indices',
        'Golomb-Rice gaps',
        'packed indices',
      ]);
    });
  });
});

test('top-k of equal magnitudes keeps the lower index', () => {
  const update = { shapes: [[6]], values: Float32Array.of(1, -2, 2, -2, 2, 1) };
  const bytes = encode({ sparsify: 'top-k', keep: 0.5, quantise: 'fp32' }, update);
  expect([...decode(bytes).values]).toEqual([0, -2, 2, -2, 0, 0]);
});

test('a tensor of more than 65,536 values can still be sparsified', () => {
  const update = randomUpdate([[70_000]], 'large');
  const largest = update.values.toSorted((a, b) => Math.abs(b) - Math.abs(a)).slice(0, 700);
  for (const coding of [{}, { indices: 'u32' }, { indices: 'packed' }] as const) {
    const bytes = encode({ sparsify: 'top-k', keep: 0.01, quantise: 'fp32', ...coding }, update);
    const received = decode(bytes).values.filter((value) => value !== 0);
    expect(received.toSorted()).toEqual(largest.toSorted());
  }
  expect(() => encode({ sparsify: 'top-k', keep: 0.01, quantise: 'fp32', indices: 'u16' }, update)).toThrow(
    'The positions in a tensor of 70000 values cannot be written as 16-bit indices.',
  );
});

test('the checksum is the well-known CRC-32', () => {
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
});

test('a packet can be decoded in place, from the middle of a larger buffer', () => {
  const bytes = encode({ sparsify: 'top-k', keep: 0.1, quantise: 'fp16' });
  const larger = new Uint8Array(bytes.length + 7);
  larger.set(bytes, 3);
  expect(decode(larger.subarray(3, 3 + bytes.length))).toEqual(decode(bytes));
  expect(decode(bytes).shapes).toEqual(tinyMlpShapes);
});
