// Encodes an update as a packet. The stages decide its content; format.ts defines its layout.

import type { OwnSettings, ValuesOf } from '../../experiment/variants.ts';
import type { Rng } from '../../random.ts';
import type { Update } from '../codec.ts';
import { smallestCoding } from '../indices/index.ts';
import type { IndexCoding } from '../indices/index-coding.ts';
import { clamp, MAX_FLOAT32, type Quantiser, type Rounding } from '../quantisers/quantiser.ts';
import { rotate, signGenerator } from '../quantisers/rotation.ts';
import { sparsifiers } from '../sparsifiers/index.ts';
import { selectPositions } from '../sparsifiers/select-positions.ts';
import type { Sparsifier } from '../sparsifiers/sparsifier.ts';
import { ByteWriter } from './byte-writer.ts';
import { crc32 } from './checksum.ts';
import { checkedLengths, writeHeader } from './header.ts';
import { writeSection } from './section.ts';
import { endsOf, type Factorisation, splitAt, vectorEnds, type WireTensor, wireTensorsOf } from './wire-tensors.ts';

/** What a codec does to an update, stage by stage: what `makeCodec` finds in the registries for a `CodecSpec`. */
export interface Stages {
  readonly factorisation: Factorisation | null;
  readonly sparsifier: Sparsifier<OwnSettings>;
  /** Of every stage. */
  readonly settings: ValuesOf<OwnSettings>;
  /** Whether an unbiased sparsifier's values are scaled up, so that the update is right on average. */
  readonly scalesUp: boolean;
  /** How positions are written; null takes the smallest coding for each tensor. */
  readonly coding: IndexCoding<OwnSettings> | null;
  readonly isRotated: boolean;
  readonly quantiser: Quantiser<OwnSettings>;
  readonly rounding: Rounding;
  readonly byRow: boolean;
  readonly isDeflated: boolean;
}

/** @throws {RangeError} if the update holds NaN or Infinity, or breaks a limit of the format or of the index coding. */
export function writePacket(update: Update, stages: Stages, rng: Rng): Uint8Array {
  const lengths = checkedLengths(update);
  const wireTensors = wireTensorsOf(update.shapes, stages.factorisation);
  const tensors = factored(splitAt(update.values, endsOf(lengths)), update, stages.factorisation, wireTensors, rng);
  const { positions, seed: drawSeed } = selectPositions(stages.sparsifier, tensors, stages.settings, rng);
  const sent = positions === null ? tensors : tensors.map((values, t) => gather(values, positions[t], stages));
  const written = drawSeed === null ? positions : null;
  const codings = written?.map((kept, t) => codingFor(kept, wireTensors[t].length, stages)) ?? null;
  const seed = stages.isRotated ? rng.bits() : null;

  const out = new ByteWriter(64 + 8 * tensors.length + 4 * update.values.length);
  writeHeader(
    {
      sparsifier: positions === null ? sparsifiers.none : stages.sparsifier,
      quantiser: stages.quantiser,
      factorisation: stages.factorisation,
      seed,
      byRow: stages.byRow,
      isDeflated: stages.isDeflated,
      shapes: update.shapes,
      wireTensors,
      kept: sent.map((values) => values.length),
      codings,
    },
    out,
  );
  if (drawSeed !== null) out.u32(drawSeed);
  if (written !== null && codings !== null) {
    writeInSection(stages.isDeflated, out, (section) => {
      for (const [t, coding] of codings.entries())
        coding.write(written[t], wireTensors[t].length, section, stages.settings);
    });
  }
  const vectors = sent.flatMap((values, t) =>
    splitAt(values, vectorEnds(wireTensors[t], values.length, positions?.[t] ?? null, stages.byRow)),
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

/** The tensors of the packet: a factored one is replaced by its factors. */
function factored(
  tensors: readonly Float32Array[],
  { shapes }: Update,
  factorisation: Factorisation | null,
  wireTensors: readonly WireTensor[],
  rng: Rng,
): readonly Float32Array[] {
  if (factorisation === null) return tensors;
  const { factor, rank } = factorisation;
  const isFactored = new Set(wireTensors.filter((each) => each.isFactor).map((each) => each.tensor));
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

/** Copies, rotated with the signs of this seed. */
function rotated(vectors: readonly Float32Array[], seed: number): Float32Array[] {
  const signs = signGenerator(seed);
  return vectors.map((values) => {
    const rotatedVector = values.slice();
    rotate(rotatedVector, signs);
    return rotatedVector;
  });
}
