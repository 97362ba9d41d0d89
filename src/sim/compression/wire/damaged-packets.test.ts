// No damaged packet gets through, and none makes the decoder hang or take more memory than its header honestly says.

import { afterEach, describe, expect, test, vi } from 'vitest';
import { Rng } from '../../random.ts';
import { craftedPacket, withValidChecksum } from '../../testing/crafted-packets.ts';
import { randomUpdate } from '../../testing/test-vectors.ts';
import { type CodecSpec, indexCodings, makeCodec, quantiserIds, sparsifierIds, WireError } from '../index.ts';
import { ByteReader } from './byte-reader.ts';
import { readHeader, readPreamble } from './header.ts';

const { decode } = makeCodec({ sparsify: 'none', keep: 1, quantise: 'fp32' });

const sizeOf = (shapes: readonly (readonly number[])[]) =>
  shapes.reduce((sum, shape) => sum + shape.reduce((size, length) => size * length, 1), 0);

/** Values that the header declares; 0 if it is refused. */
function declaredValues(bytes: Uint8Array): number {
  try {
    const from = new ByteReader(bytes);
    readPreamble(from);
    return sizeOf(readHeader(from).shapes);
  } catch {
    return 0;
  }
}

let allocated = 0;
/** Counts the bytes of every typed array that is made from now on. */
function watchMemory(): void {
  for (const Made of [Uint8Array, Int8Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array]) {
    const counting = new Proxy(Made, {
      construct(target, parameters) {
        const made = Reflect.construct(target, parameters);
        if (!(parameters[0] instanceof ArrayBuffer)) allocated += made.byteLength;
        return made;
      },
    });
    vi.stubGlobal(Made.name, counting);
  }
}

describe('damaged packets', () => {
  const small = randomUpdate([[4, 6], [9], [], [3, 0], [2, 3, 5]], 'small');
  const matrix = randomUpdate([[12, 10], [7]], 'matrix');
  const options: Partial<CodecSpec>[] = [
    {},
    { rotate: true },
    { scales: 'row' },
    { pack: 'deflate' },
    { factor: 'low-rank', rank: 2 },
    { rounding: 'stochastic', scales: 'row', rotate: true, pack: 'deflate', factor: 'low-rank', rank: 1 },
  ];
  const encode = (spec: CodecSpec, update = small) => makeCodec(spec).encode(update, { rng: new Rng('damage') });
  const packets = [
    ...sparsifierIds.flatMap((sparsify) =>
      quantiserIds.flatMap((quantise) =>
        options.map((option) =>
          encode({ sparsify, keep: 0.3, threshold: 0.2, quantise, ...option }, option.factor ? matrix : small),
        ),
      ),
    ),
    ...(Object.keys(indexCodings) as (keyof typeof indexCodings)[]).flatMap((indices) =>
      options.map((option) => encode({ sparsify: 'top-k', keep: 0.3, quantise: 'int4', indices, ...option }, matrix)),
    ),
    // Of zeros, so that deflate has something to gain.
    ...options.map((option) =>
      encode(
        { sparsify: 'none', keep: 1, quantise: 'fp32', ...option },
        { shapes: [[20, 20]], values: new Float32Array(400) },
      ),
    ),
  ];

  /** Cuts, extends, or changes up to four bytes. */
  function damage(packet: Uint8Array, rng: Rng): Uint8Array {
    const kind = rng.integer(5);
    if (kind === 0) return packet.slice(0, rng.integer(packet.length));
    if (kind === 1) {
      const more = Array.from({ length: 1 + rng.integer(8) }, () => rng.integer(256));
      return Uint8Array.of(...packet, ...more);
    }
    const bytes = packet.slice();
    for (let hits = 1 + rng.integer(4); hits > 0; hits--) {
      // Half of the hits go to the header, where damage can do most.
      const at = rng.integer(rng.uniform() < 0.5 ? Math.min(40, bytes.length) : bytes.length);
      bytes[at] = kind === 2 ? bytes[at] ^ (1 << rng.integer(8)) : rng.integer(256);
    }
    return bytes;
  }

  /** Decodes; a WireError is the one error allowed, and what comes back must be sound. */
  function survives(bytes: Uint8Array): boolean {
    try {
      const { shapes, values } = decode(bytes);
      if (values.length !== sizeOf(shapes) || !values.every(Number.isFinite)) expect.fail(`unsound: ${bytes}`);
      return true;
    } catch (error) {
      if (!(error instanceof WireError) || !/^WireError: (The|This) .*\.$/.test(String(error))) throw error;
      return false;
    }
  }

  test('are refused: 50,000 mutations and truncations', () => {
    const rng = new Rng('mutations');
    let accepted = 0;
    for (let i = 0; i < 50_000; i++) {
      const packet = packets[i % packets.length];
      const damaged = damage(packet, rng);
      const isUnchanged = damaged.length === packet.length && damaged.every((byte, at) => byte === packet[at]);
      if (survives(damaged) && !isUnchanged) accepted++;
    }
    expect(accepted).toBe(0);
  });

  afterEach(() => {
    vi.unstubAllGlobals();
  });

  test('with a checksum that fits, 50,000 of them, decode to something sound or not at all, and in an honest size', () => {
    const rng = new Rng('forgeries');
    watchMemory();
    let accepted = 0;
    for (let i = 0; i < 50_000; i++) {
      const bytes = withValidChecksum(damage(packets[i % packets.length], rng));
      const declared = declaredValues(bytes);
      allocated = 0;
      if (survives(bytes)) accepted++;
      // For each value its 4 bytes, a position, a row's end …; for each byte read, what a deflate stream may make of it.
      const honest = 10 * 4 * declared + 20_000;
      if (allocated > honest)
        expect.fail(`${bytes.length} bytes took ${allocated}, where ${honest} is honest: ${bytes}`);
    }
    // A changed value is a valid value: forged packets may decode, only never to anything unsound.
    expect(accepted).toBeGreaterThan(1000);
    expect(accepted).toBeLessThan(49_000);
  });

  /** The varint of a number. */
  const varint = (value: number): number[] => (value < 128 ? [value] : [(value & 127) | 128, ...varint(value >>> 7)]);
  /** What is decoded if nobody says which shapes to expect. */
  const most = 2 ** 18;
  const [factored, rotated, byRow, deflated] = [0x10, 0x20, 0x40, 0x80];

  test.each([
    ['an update of zeros', craftedPacket(4, 0, 1, 1, ...varint(most), 0, 0)],
    ['a sparse one that keeps all and sends none', craftedPacket(1, 12, 1, 1, ...varint(most), ...varint(most), 3)],
    ['a deflated one', craftedPacket(deflated, 0, 1, 1, ...varint(most), ...varint(4 * most), 5, 1, 2, 3, 4, 5)],
    [
      'a deflated one whose indices are missing',
      craftedPacket(1 + deflated, 0, 1, 1, ...varint(most), ...varint(most), 4),
    ],
    ['a matrix of a column, with scales by row', craftedPacket(byRow + deflated, 4, 1, 2, ...varint(most), 1)],
    ['the same rotated', craftedPacket(byRow + deflated + rotated, 0, 0, 0, 0, 0, 1, 2, ...varint(most), 1)],
    ['two factors', craftedPacket(factored + 4, 0, 1, 1, 2, ...varint(512), ...varint(512), 0, 0, 0)],
    [
      'two factors of the highest rank',
      craftedPacket(factored + 4, 0, 64, 1, 2, ...varint(512), ...varint(512), 0, 0, 0),
    ],
    ['two factors of no rank', craftedPacket(factored, 0, 0, 1, 2, ...varint(512), ...varint(512))],
    ['many dimensions', craftedPacket(factored, 0, 1, 1, 8, ...new Array(8).fill(varint(most)).flat())],
    ['sides that overflow', craftedPacket(factored, 0, 1, 1, 3, ...varint(most), ...varint(most), 0)],
  ])('of a few bytes take no more than a few times 1 MiB: %s', (_what, bytes) => {
    expect(bytes.length).toBeLessThan(60);
    watchMemory();
    allocated = 0;
    survives(bytes);
    expect(allocated).toBeLessThanOrEqual(2.1 * 4 * most);
  });

  test('that inflate a hundredfold, each row its own vector, take no more than six times what they declare', () => {
    const rows = 2 ** 18;
    const codec = makeCodec({
      sparsify: 'threshold',
      keep: 1,
      indices: 'u32',
      quantise: 'fp32',
      scales: 'row',
      pack: 'deflate',
    });
    // A megabyte of ones; their indices, half a megabyte once deflated, are what is left of the packet.
    const bytes = codec.encode(
      { shapes: [[rows, 1]], values: new Float32Array(rows).fill(1) },
      { rng: new Rng('unused') },
    );
    watchMemory();
    allocated = 0;
    expect(decode(bytes).values.length).toBe(rows);
    expect(allocated).toBeLessThan(6.1 * 4 * rows);
  });
});
