// A receiver knows its model's shapes: whatever a packet says of itself, it costs no more than an honest one of those shapes.

import { deflateSync } from 'fflate';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { Rng } from '../../random.ts';
import { withValidChecksum } from '../../testing/crafted-packets.ts';
import { testVectors } from '../../testing/test-vectors.ts';
import { type CodecSpec, makeCodec, quantiserIds, sparsifierIds, WireError } from '../index.ts';
import { MAGIC, VERSION } from './format.ts';

vi.mock('fflate', async (load) => {
  const fflate = await load<typeof import('fflate')>();
  return { ...fflate, inflateSync: vi.fn(fflate.inflateSync) };
});
const { inflateSync } = await import('fflate');

const { decode } = makeCodec({ sparsify: 'none', keep: 1, quantise: 'fp32' });
const update = testVectors['a TinyMLP update'];
const { shapes } = update;

/** As `forged`, for a long body. */
const forged = (...body: (number | readonly number[])[]): Uint8Array =>
  withValidChecksum(Uint8Array.from([...MAGIC, VERSION, ...body.flat(), 0, 0, 0, 0]));

const varint = (value: number): number[] => (value < 128 ? [value] : [(value & 127) | 128, ...varint(value >>> 7)]);
const [factored, rotated, byRow, deflated] = [0x10, 0x20, 0x40, 0x80];
const [topK, fp32, int8] = [1, 0, 4];

/** A section that inflates to so many zeros. */
function zeros(length: number): number[] {
  const packed = deflateSync(new Uint8Array(length), { level: 9 });
  return [...varint(length), ...varint(packed.length), ...packed];
}

const modelTable = [shapes.length, ...shapes.flatMap((shape) => [shape.length, ...shape.flatMap(varint)])];
const values = update.values.length;
const many = 2 ** 22;

describe('a packet that is decoded for a model', () => {
  afterEach(() => {
    vi.mocked(inflateSync).mockClear();
  });

  test.each<[string, Uint8Array, RegExp]>([
    [
      '2²² × 1 values, by row, rotated and deflated',
      forged(byRow + rotated + deflated, fp32, 1, 2, 3, 4, 1, 2, ...varint(many), 1, zeros(4 * many)),
      /^The packet is of another model: it has 1 tensors, where 6 is expected\.$/,
    ],
    ['2²² values deflated', forged(deflated, fp32, 1, 1, ...varint(many), zeros(4 * many)), /of another model/],
    ['a factor of rank 64', forged(factored, fp32, 64, 1, 2, ...varint(2048), ...varint(2048)), /of another model/],
    ['a sparse one of 2²² values', forged(topK, int8, 1, 1, ...varint(many), 0, 0), /of another model/],
    ['1,024 empty tensors', forged(0, fp32, ...varint(1024), new Array(1024).fill(0)), /it has 1024 tensors/],
    [
      'one side longer',
      forged(0, fp32, ...modelTable.slice(0, 2), ...varint(33), ...modelTable.slice(3)),
      /it has a side of 33 in tensor 0, where 32 × 16 is expected\.$/,
    ],
    [
      'the right shapes and a section of 16 MiB for its values',
      forged(deflated, fp32, ...modelTable, zeros(4 * many)),
      /declares a section of 16777216 bytes/,
    ],
    [
      'the right shapes and a section of 16 MiB for its indices',
      forged(topK + deflated, fp32, ...modelTable, ...shapes.map(() => 1), 0, 0, 0, zeros(4 * many)),
      /declares a section of 16777216 bytes/,
    ],
    [
      'the right shapes and more kept than there are',
      forged(topK, fp32, ...modelTable, ...varint(513), 0, 0, 0, 0, 0, 0, 0, 0),
      /declares 513 kept values, where 512 is the most/,
    ],
    [
      '97 kB',
      forged(0, fp32, ...modelTable, new Array(97_000).fill(0)),
      /^The packet is damaged: it has 97\d\d\d bytes/,
    ],
  ])('is refused before anything of it is inflated: %s', (_what, bytes, message) => {
    const began = performance.now();
    expect(() => decode(bytes, shapes)).toThrow(WireError);
    // An honest packet takes half a millisecond; these took up to 2.3 s.
    expect(performance.now() - began).toBeLessThan(50);
    expect(() => decode(bytes, shapes)).toThrow(message);
    expect(inflateSync).not.toHaveBeenCalled();
  });

  test('inflates no more than its model needs, and one byte to see that it was all', () => {
    const bytes = forged(deflated, fp32, ...modelTable, zeros(4 * values));
    expect(decode(bytes, shapes).values).toEqual(new Float32Array(values));
    const [, options] = vi.mocked(inflateSync).mock.calls[0];
    expect(options?.out?.length).toBe(4 * values + 1);
  });

  test('is decoded as without shapes, if it is of the model, whatever its codec', () => {
    for (const sparsify of sparsifierIds) {
      for (const quantise of quantiserIds) {
        for (const own of [
          {},
          { factor: 'low-rank', rank: 2, scales: 'row', rotate: true, pack: 'deflate' },
        ] as const) {
          const spec: CodecSpec = { sparsify, quantise, keep: 0.9, threshold: 0.01, indices: 'u32', ...own };
          const packet = makeCodec(spec).encode(update, { rng: new Rng('bounded') });
          expect(decode(packet, shapes)).toEqual(decode(packet));
        }
      }
    }
  });
});
