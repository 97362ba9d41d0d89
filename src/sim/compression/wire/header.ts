// The packet's header: magic, version, stages and the tensor table, laid out as format.ts says. Written from values that
// were checked; every size is checked against a limit when it is read.

import type { OwnSettings } from '../../experiment/variants.ts';
import type { Shapes, Update } from '../codec.ts';
import type { Factoriser } from '../factorisers/factoriser.ts';
import { factorisers } from '../factorisers/index.ts';
import { indexCodings } from '../indices/index.ts';
import type { IndexCoding } from '../indices/index-coding.ts';
import { quantisers } from '../quantisers/index.ts';
import type { Quantiser } from '../quantisers/quantiser.ts';
import { sparsifiers } from '../sparsifiers/index.ts';
import type { Sparsifier } from '../sparsifiers/sparsifier.ts';
import type { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';
import {
  MAGIC,
  MAX_DIMENSIONS,
  MAX_FACTOR_RANK,
  MAX_TENSORS,
  MAX_UNEXPECTED_VALUES,
  MAX_VALUES,
  VERSION,
  WireError,
} from './format.ts';
import { type Factorisation, lengthOf, type WireTensor, wireTensorsOf } from './wire-tensors.ts';

/** What a packet says about itself before its payload. */
export interface Header {
  readonly sparsifier: Sparsifier<OwnSettings>;
  readonly quantiser: Quantiser<OwnSettings>;
  /** The rank of a factored packet; null where tensors travel as they are. */
  readonly factorisation: Factorisation | null;
  /** The seed of a rotated packet's signs; null if it is not rotated. */
  readonly seed: number | null;
  readonly byRow: boolean;
  readonly isDeflated: boolean;
  readonly shapes: Shapes;
  readonly wireTensors: readonly WireTensor[];
  /** Number of values that each tensor keeps. */
  readonly kept: readonly number[];
  /** The index coding of each tensor; null where none travel: in a dense packet, or where a seed stands for them. */
  readonly codings: readonly IndexCoding<OwnSettings>[] | null;
}

/** Flags beside the sparsifier's code. */
const FACTORED = 0x10;
const ROTATED = 0x20;
const BY_ROW = 0x40;
const DEFLATED = 0x80;

/** The factoriser's code stands above the rank. */
const RANKS = 2 * MAX_FACTOR_RANK;

const byCode = <Stage extends { readonly wireCode: number }>(stages: Record<string, Stage>): Map<number, Stage> =>
  new Map(Object.values(stages).map((stage) => [stage.wireCode, stage]));

const factorOf = byCode<Factoriser<OwnSettings>>(factorisers);
const sparsifierOf = byCode<Sparsifier<OwnSettings>>(sparsifiers);
const quantiserOf = byCode<Quantiser<OwnSettings>>(quantisers);
const codingOf = byCode<IndexCoding<OwnSettings>>(indexCodings);

/**
 * The number of values in each tensor.
 * @throws {RangeError} if the update breaks a limit of the format, or holds a value that is not finite.
 */
export function checkedLengths({ shapes, values }: Update): number[] {
  if (shapes.length > MAX_TENSORS) {
    throw new RangeError(`An update of ${shapes.length} tensors cannot be encoded: the limit is ${MAX_TENSORS}.`);
  }
  const lengths = shapes.map(lengthOf);
  const total = lengths.reduce((sum, length) => sum + length, 0);
  if (total !== values.length) {
    throw new RangeError(
      `An update whose shapes hold ${total} values but that has ${values.length} cannot be encoded.`,
    );
  }
  if (total > MAX_VALUES || shapes.some((shape) => shape.length > MAX_DIMENSIONS || shape.some(isBadDimension))) {
    throw new RangeError(
      `An update cannot be encoded beyond ${MAX_VALUES} values or ${MAX_DIMENSIONS} whole dimensions a tensor.`,
    );
  }
  for (let i = 0; i < total; i++) {
    if (!Number.isFinite(values[i])) {
      throw new RangeError(`An update with NaN or Infinity cannot be encoded: value ${i} of ${total} is ${values[i]}.`);
    }
  }
  return lengths;
}

const isBadDimension = (length: number): boolean => !Number.isInteger(length) || length < 0 || length > MAX_VALUES;

/** Whether every value travels. */
const isDense = (sparsifier: Sparsifier<OwnSettings>): boolean => sparsifier.wireCode === 0;

export function writeHeader(header: Header, out: ByteWriter): void {
  const { sparsifier, quantiser, factorisation, seed, shapes, kept, codings } = header;
  for (const byte of MAGIC) out.u8(byte);
  out.u8(VERSION);
  out.u8(
    sparsifier.wireCode +
      (factorisation ? FACTORED : 0) +
      (seed === null ? 0 : ROTATED) +
      (header.byRow ? BY_ROW : 0) +
      (header.isDeflated ? DEFLATED : 0),
  );
  out.u8(quantiser.wireCode);
  if (factorisation) out.varint(factorisation.rank + factorisation.factor.wireCode * RANKS);
  if (seed !== null) out.u32(seed);
  out.varint(shapes.length);
  for (const shape of shapes) {
    out.varint(shape.length);
    for (const length of shape) out.varint(length);
  }
  if (isDense(sparsifier)) return;
  for (const count of kept) out.varint(count);
  if (codings === null) return;
  for (const coding of codings) out.bits(coding.wireCode, 4);
  out.align();
}

/** @throws {WireError} unless the bytes begin with the magic and the version of this build. */
export function readPreamble(from: ByteReader): void {
  if (from.u8() !== MAGIC[0] || from.u8() !== MAGIC[1]) {
    throw new WireError('This is not a Fogline packet: it does not begin with "Fg".');
  }
  const version = from.u8();
  if (version !== VERSION) {
    throw new WireError(`The packet is of version ${version}; this build reads version ${VERSION}.`);
  }
}

/**
 * Reads what follows the preamble.
 * @param expected the shapes that it must have; any of up to 2¹⁸ values, if left out
 * @throws {WireError}
 */
export function readHeader(from: ByteReader, expected?: Shapes): Header {
  const flags = from.u8();
  const sparsifier = stageOf(sparsifierOf, flags & 0x0f, 'sparsifier');
  const quantiser = stageOf(quantiserOf, from.u8(), 'quantiser');
  const factorisation = flags & FACTORED ? readFactorisation(from.varint()) : null;
  const seed = flags & ROTATED ? from.u32() : null;
  const isDeflated = (flags & DEFLATED) !== 0;
  const shapes = expected ? readExpected(from, expected) : readShapes(from);
  const wireTensors = wireTensorsOf(shapes, factorisation);
  const kept = wireTensors.map(({ length }) =>
    isDense(sparsifier) ? length : limited(from.varint(), length, 'kept values'),
  );
  const codings =
    isDense(sparsifier) || sparsifier.drawPositions
      ? null
      : wireTensors.map(() => stageOf(codingOf, from.bits(4), 'index coding'));
  from.align();
  // Every kept value takes bits of its own, so what is left of the buffer bounds how many there can be.
  const needed = kept.reduce((sum, count) => sum + count, 0) * (quantiser.wireBits / 8);
  if (!isDeflated && needed > from.remaining) {
    throw new WireError(
      `The packet is truncated: its values need ${Math.ceil(needed)} bytes, ${from.remaining} are left.`,
    );
  }
  return {
    sparsifier,
    quantiser,
    factorisation,
    seed,
    byRow: (flags & BY_ROW) !== 0,
    isDeflated,
    shapes,
    wireTensors,
    kept,
    codings,
  };
}

function readFactorisation(code: number): Factorisation {
  const factor = stageOf(factorOf, Math.floor(code / RANKS), 'factoriser');
  return { factor, rank: factorRank(code % RANKS) };
}

/** A rank of 0 would be a whole matrix in no value at all. */
function factorRank(rank: number): number {
  if (rank === 0 || rank > MAX_FACTOR_RANK) {
    throw new WireError(`The packet is damaged: it is of rank ${rank}, where 1 to ${MAX_FACTOR_RANK} is possible.`);
  }
  return rank;
}

/** Reads no more of the table than agrees with the shapes that it must have. */
function readExpected(from: ByteReader, expected: Shapes): Shapes {
  const tensors = from.varint();
  if (tensors !== expected.length) throw otherShapes(`${tensors} tensors`, `${expected.length}`);
  for (const [t, shape] of expected.entries()) {
    const dimensions = from.varint();
    if (dimensions !== shape.length) throw otherShapes(`${dimensions} dimensions in tensor ${t}`, `${shape.length}`);
    for (const length of shape) {
      const stored = from.varint();
      if (stored !== length) throw otherShapes(`a side of ${stored} in tensor ${t}`, shape.join(' × '));
    }
  }
  return expected;
}

const otherShapes = (stored: string, wanted: string): WireError =>
  new WireError(`The packet is of another model: it has ${stored}, where ${wanted} is expected.`);

function readShapes(from: ByteReader): number[][] {
  const shapes: number[][] = [];
  let total = 0;
  for (let tensors = limited(from.varint(), MAX_TENSORS, 'tensors'); tensors > 0; tensors--) {
    const shape: number[] = [];
    for (let rank = limited(from.varint(), MAX_DIMENSIONS, 'dimensions'); rank > 0; rank--) {
      shape.push(limited(from.varint(), MAX_UNEXPECTED_VALUES, 'values'));
    }
    total = limited(total + lengthOf(shape), MAX_UNEXPECTED_VALUES, 'values');
    shapes.push(shape);
  }
  return shapes;
}

function limited(value: number, limit: number, what: string): number {
  if (value > limit)
    throw new WireError(`The packet is damaged: it declares ${value} ${what}, where ${limit} is the most.`);
  return value;
}

function stageOf<Stage>(stages: ReadonlyMap<number, Stage>, code: number, what: string): Stage {
  const stage = stages.get(code);
  if (stage === undefined) throw new WireError(`The packet names ${what} ${code}, which this build does not know.`);
  return stage;
}
