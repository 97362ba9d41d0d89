// Decodes a packet. Decoding needs nothing but the buffer, and checks everything in it before use.

import type { Shapes, Update } from '../codec.ts';
import { signGenerator, unrotate } from '../quantisers/rotation.ts';
import { positionGenerator } from '../sparsifiers/select-positions.ts';
import { ByteReader } from './byte-reader.ts';
import { crc32 } from './checksum.ts';
import { MAX_TENSORS, MAX_UNEXPECTED_VALUES, WireError } from './format.ts';
import { type Header, readHeader, readPreamble } from './header.ts';
import { openSection } from './section.ts';
import { endsOf, lengthOf, splitAt, vectorEnds } from './wire-tensors.ts';

const CHECKSUM_BYTES = 4;
const SCALE_BYTES = 4;
/** More than a header has besides its tensors, and than it spends on one tensor: its dimensions, two counts and two codings. */
const HEADER_BYTES = 64;
const TENSOR_BYTES = 64;
/** A value in 32 bits, its position in 32, and two scales if it is alone in its row. */
const VALUE_BYTES = 16;

/** No packet of these shapes is longer; the positions of a bitmap take less than a byte a value. */
const mostBytes = (shapes: Shapes): number =>
  shapes.reduce((sum, shape) => sum + TENSOR_BYTES + (VALUE_BYTES + 1) * lengthOf(shape), HEADER_BYTES);

/** Bytes of a packet by content; the parts are in this order and add up to the buffer's length. */
export interface PacketParts {
  readonly header: number;
  readonly indices: number;
  readonly scales: number;
  readonly values: number;
  readonly checksum: number;
}

export interface PacketDescription {
  readonly parts: PacketParts;
  readonly wireTensors: readonly {
    readonly shape: readonly number[];
    readonly kept: number;
    readonly coding: string | null;
  }[];
}

/** The update in a packet. @throws {WireError} if the buffer is damaged, truncated, from another version or of other shapes. */
export const readPacket = (bytes: Uint8Array, shapes?: Shapes): Update => parse(bytes, shapes).update;

/** What a packet's bytes are spent on. @throws {WireError} as `readPacket` does. */
export function describePacket(bytes: Uint8Array, shapes?: Shapes): PacketDescription {
  const { parts, header } = parse(bytes, shapes);
  const { sparsifier, wireTensors, kept, codings } = header;
  const coding = (t: number) => codings?.[t].label ?? (sparsifier.drawPositions ? 'a seed' : null);
  return { parts, wireTensors: wireTensors.map(({ shape }, t) => ({ shape, kept: kept[t], coding: coding(t) })) };
}

interface Parsed {
  readonly update: Update;
  readonly parts: PacketParts;
  readonly header: Header;
}

function parse(bytes: Uint8Array, shapes: Shapes | undefined): Parsed {
  // Even a checksum takes time: nothing is read of a buffer that no encoder would have made so long.
  const most = shapes ? mostBytes(shapes) : mostBytes([[MAX_UNEXPECTED_VALUES]]) + MAX_TENSORS * TENSOR_BYTES;
  if (bytes.length > most) {
    throw new WireError(`The packet is damaged: it has ${bytes.length} bytes, where ${most} are the most.`);
  }
  const end = Math.max(0, bytes.length - CHECKSUM_BYTES);
  const from = new ByteReader(bytes, end);
  readPreamble(from);
  checkSum(bytes, end);

  const header = readHeader(from, shapes);
  const headerEnd = from.offset;
  const positions = readPositions(header, from);
  const indicesEnd = from.offset;
  const ends = header.wireTensors.map((tensor, t) =>
    vectorEnds(tensor, header.kept[t], positions?.[t] ?? null, header.byRow),
  );
  const vectors = ends.reduce((sum, { length }) => sum + length, 0);
  const scales = new ByteReader(from.take(SCALE_BYTES * header.quantiser.scaleCount * vectors));
  const scalesEnd = from.offset;
  const values = readValues(header, positions, ends, scales, from);
  if (from.remaining > 0) {
    throw new WireError(`The packet is damaged: ${from.remaining} bytes follow its last value.`);
  }
  const parts = {
    header: headerEnd,
    indices: indicesEnd - headerEnd,
    scales: scalesEnd - indicesEnd,
    values: end - scalesEnd,
    checksum: CHECKSUM_BYTES,
  };
  return { update: { shapes: header.shapes, values }, parts, header };
}

function checkSum(bytes: Uint8Array, end: number): void {
  const stored = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(end, true);
  if (stored !== crc32(bytes, end)) {
    throw new WireError('The packet is damaged or truncated: its checksum does not match its content.');
  }
}

function readPositions(header: Header, from: ByteReader): readonly Uint32Array[] | null {
  const { sparsifier, wireTensors, kept, codings } = header;
  const { drawPositions } = sparsifier;
  if (drawPositions) {
    const rng = positionGenerator(from.u32());
    return wireTensors.map(({ length }, t) => drawPositions(length, kept[t], rng));
  }
  if (codings === null) return null;
  // The longest coding takes 32 bits a position; gaps and bitmaps at most a bit a value besides.
  const most = wireTensors.reduce((sum, { length }, t) => sum + 4 * kept[t] + length / 8 + 1, 1);
  const section = openSection(header.isDeflated, most, from);
  const positions = codings.map((coding, t) => {
    const into = new Uint32Array(kept[t]);
    coding.read(into, wireTensors[t].length, section);
    for (let i = 0; i < into.length; i++) {
      if (into[i] >= wireTensors[t].length || (i > 0 && into[i] <= into[i - 1])) {
        throw new WireError('The packet is damaged: its indices do not ascend within their tensor.');
      }
    }
    return into;
  });
  close(header, section);
  return positions;
}

/** The whole update: each vector dequantised, its rotation undone, its values scattered to their positions, and factors multiplied. */
function readValues(
  header: Header,
  positions: readonly Uint32Array[] | null,
  ends: readonly Uint32Array[],
  scales: ByteReader,
  from: ByteReader,
): Float32Array {
  const { quantiser, factorisation, seed, shapes, wireTensors, kept, isDeflated } = header;
  const tensorEnds = endsOf(shapes.map(lengthOf));
  const update = new Float32Array(tensorEnds.at(-1) ?? 0);
  const tensors = splitAt(update, tensorEnds);
  const signs = seed === null ? null : signGenerator(seed);
  const section = openSection(isDeflated, sectionBytes(header, ends), from);

  const factors: Float32Array[] = [];
  for (const [t, { tensor, length, isFactor }] of wireTensors.entries()) {
    const into = isFactor ? new Float32Array(length) : tensors[tensor];
    const values = positions === null ? into : new Float32Array(kept[t]);
    let start = 0;
    for (const end of ends[t]) {
      const vector = values.subarray(start, end);
      quantiser.read(vector, readScales(quantiser.scaleCount, scales), section);
      if (signs !== null) unrotate(vector, signs);
      start = end;
    }
    if (positions !== null) scatter(values, positions[t], into);
    if (isFactor) factors.push(into);
    if (factorisation !== null && isFactor && wireTensors[t + 1]?.tensor !== tensor) {
      factorisation.factor.join(factors.splice(0), shapes[tensor], factorisation.rank, tensors[tensor]);
    }
  }
  close(header, section);
  return update;
}

/** What the values take, which is as many bytes as their section must have. */
function sectionBytes({ quantiser }: Header, ends: readonly Uint32Array[]): number {
  let bits = 0;
  for (const own of ends) {
    for (let v = 0; v < own.length; v++) bits += quantiser.bitsOf(own[v] - (v === 0 ? 0 : own[v - 1]));
  }
  return Math.ceil(bits / 8);
}

function readScales(count: number, from: ByteReader): number[] {
  const scales: number[] = [];
  for (let i = 0; i < count; i++) scales.push(from.f32());
  return scales;
}

function scatter(values: Float32Array, positions: Uint32Array, into: Float32Array): void {
  for (let i = 0; i < positions.length; i++) into[positions[i]] = values[i];
}

/** A section ends on a whole byte; a deflated one, at its own end. */
function close({ isDeflated }: Header, section: ByteReader): void {
  section.align();
  if (isDeflated && section.remaining > 0) {
    throw new WireError(`The packet is damaged: ${section.remaining} bytes follow a section's last value.`);
  }
}
