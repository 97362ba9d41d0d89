// An update as one buffer. The stages decide what is in it; wire.ts says how it lies there.

import type { OwnSettings } from '../../experiment/variants.ts';
import type { Rng } from '../../random.ts';
import type { Update } from '../codec.ts';
import { smallestCoding } from '../indices/index.ts';
import type { IndexCoding } from '../indices/index-coding.ts';
import { clamp, MAX_FLOAT32 } from '../quantisers/quantiser.ts';
import { rotate, signsOf } from '../rotation.ts';
import { choose } from '../sparsifiers/choose.ts';
import { sparsifiers } from '../sparsifiers/index.ts';
import type { Stages } from '../stages.ts';
import { checkedLengths, writeHeader } from '../table.ts';
import { ByteWriter } from './byte-writer.ts';
import { crc32 } from './checksum.ts';
import { endsOf, type Factoring, type Piece, piecesOf, splitAt, vectorEnds } from './pieces.ts';
import { writeSection } from './section.ts';

/** @throws {RangeError} if the update holds NaN or Infinity, or breaks a limit of the format or of the index coding. */
export function writePacket(update: Update, stages: Stages, rng: Rng): Uint8Array {
  const lengths = checkedLengths(update);
  const pieces = piecesOf(update.shapes, stages.factoring);
  const tensors = factored(splitAt(update.values, endsOf(lengths)), update, stages.factoring, pieces, rng);
  const { positions, seed: drawSeed } = choose(stages.sparsifier, tensors, stages.settings, rng);
  const sent = positions === null ? tensors : tensors.map((values, t) => gather(values, positions[t], stages));
  const written = drawSeed === null ? positions : null;
  const codings = written?.map((kept, t) => codingFor(kept, pieces[t].length, stages)) ?? null;
  const seed = stages.isRotated ? rng.bits() : null;

  const out = new ByteWriter(64 + 8 * tensors.length + 4 * update.values.length);
  writeHeader(
    {
      sparsifier: positions === null ? sparsifiers.none : stages.sparsifier,
      quantiser: stages.quantiser,
      factoring: stages.factoring,
      seed,
      byRow: stages.byRow,
      isDeflated: stages.isDeflated,
      shapes: update.shapes,
      pieces,
      kept: sent.map((values) => values.length),
      codings,
    },
    out,
  );
  if (drawSeed !== null) out.u32(drawSeed);
  if (written !== null && codings !== null) {
    writeInSection(stages.isDeflated, out, (section) => {
      for (const [t, coding] of codings.entries()) coding.write(written[t], pieces[t].length, section, stages.settings);
    });
  }
  const vectors = sent.flatMap((values, t) =>
    splitAt(values, vectorEnds(pieces[t], values.length, positions?.[t] ?? null, stages.byRow)),
  );
  writeVectors(seed === null ? vectors : rotated(vectors, seed), stages, out, rng);
  out.u32(crc32(out.peek()));
  return out.finish();
}

/** The scales of all vectors, then their values. */
function writeVectors(vectors: readonly Float32Array[], stages: Stages, out: ByteWriter, rng: Rng): void {
  const { quantiser, rounding, isDeflated, settings } = stages;
  const scales = vectors.map((values) => quantiser.scalesOf(values, rounding, settings));
  for (const own of scales) for (const scale of own) out.f32(scale);
  const chance = rounding === 'stochastic' && quantiser.canBeStochastic ? rng : null;
  writeInSection(isDeflated, out, (section) => {
    for (let v = 0; v < vectors.length; v++) quantiser.write(vectors[v], scales[v], section, chance);
  });
}

function writeInSection(isDeflated: boolean, out: ByteWriter, write: (section: ByteWriter) => void): void {
  const section = isDeflated ? new ByteWriter() : out;
  write(section);
  section.align();
  if (isDeflated) writeSection(section.finish(), out);
}

/** The tensors that travel: a factored one is replaced by those that stand for it. */
function factored(
  tensors: readonly Float32Array[],
  { shapes }: Update,
  factoring: Factoring | null,
  pieces: readonly Piece[],
  rng: Rng,
): readonly Float32Array[] {
  if (factoring === null) return tensors;
  const { factor, rank } = factoring;
  const isFactored = new Set(pieces.filter((piece) => piece.isFactor).map((piece) => piece.tensor));
  return tensors.flatMap((values, t) => (isFactored.has(t) ? factor.split(values, shapes[t], rank, rng) : [values]));
}

function codingFor(
  positions: Uint32Array,
  length: number,
  { coding: wanted, settings }: Stages,
): IndexCoding<OwnSettings> {
  if (wanted === null) return smallestCoding(positions, length, settings);
  if (wanted.bits(positions, length, settings) === Number.POSITIVE_INFINITY) {
    throw new RangeError(`The positions in a tensor of ${length} values cannot be written as ${wanted.label}.`);
  }
  return wanted;
}

/** The values at the kept positions; scaled up where that makes the update right on average. */
function gather(values: Float32Array, positions: Uint32Array, { sparsifier, scalesUp }: Stages): Float32Array {
  const scale = scalesUp && sparsifier.isUnbiased ? values.length / Math.max(1, positions.length) : 1;
  const gathered = new Float32Array(positions.length);
  for (let i = 0; i < positions.length; i++) {
    gathered[i] = clamp(values[positions[i]] * scale, -MAX_FLOAT32, MAX_FLOAT32);
  }
  return gathered;
}

/** Copies, turned by the signs that the seed gives. */
function rotated(vectors: readonly Float32Array[], seed: number): Float32Array[] {
  const signs = signsOf(seed);
  return vectors.map((values) => {
    const turned = values.slice();
    rotate(turned, signs);
    return turned;
  });
}
