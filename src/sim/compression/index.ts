// Codecs by name: a `CodecSpec` in the experiment says which stages a tier uses, `makeCodec` puts them together. A
// codec holds nothing but its stages: making one is cheap, and one serves any number of senders.

import type { Codec } from './codec.ts';
import { type CodecSpec, nameOf } from './codec-spec.ts';
import { factors } from './factors/index.ts';
import { indexCodings } from './indices/index.ts';
import { quantisers } from './quantisers/index.ts';
import { sparsifiers } from './sparsifiers/index.ts';
import type { Stages } from './stages.ts';
import { readPacket } from './wire/read-packet.ts';
import { MAX_FACTOR_RANK } from './wire/wire.ts';
import { writePacket } from './wire/write-packet.ts';

export type { Codec, Update } from './codec.ts';
export type { CodecSpec } from './codec-spec.ts';
export { factors } from './factors/index.ts';
export { indexCodings } from './indices/index.ts';
export { type QuantiserId, quantiserIds, quantisers } from './quantisers/index.ts';
export { type SparsifierId, sparsifierIds, sparsifiers } from './sparsifiers/index.ts';
export { describePacket } from './wire/read-packet.ts';
export { WireError } from './wire/wire.ts';

/** @throws {RangeError} if the share to keep, the threshold or the rank is outside what can be. */
export function makeCodec(spec: CodecSpec): Codec {
  const stages = stagesOf(spec);
  const named = nameOf(spec);
  return {
    id: named.map(({ id }) => id).join('+'),
    label: named.map(({ label }) => label).join(' + '),
    encode: (update, context) => writePacket(update, stages, context.rng),
    decode: readPacket,
  };
}

function stagesOf(spec: CodecSpec): Stages {
  const sparsifier = sparsifiers[spec.sparsify];
  if (sparsifier.amount === 'keep' && !(spec.keep > 0 && spec.keep <= 1)) {
    throw new RangeError(`A codec must keep a share of values above 0 and at most 1, not ${spec.keep}.`);
  }
  const { factor = 'none', rank = 1, threshold = 0, indices = 'smallest' } = spec;
  if (sparsifier.amount === 'threshold' && !(threshold >= 0 && threshold < 1)) {
    throw new RangeError(`A codec's threshold must be a share of at least 0 and below 1, not ${threshold}.`);
  }
  if (factor !== 'none' && !(Number.isInteger(rank) && rank >= 1 && rank <= MAX_FACTOR_RANK)) {
    throw new RangeError(`A codec's rank must be a whole number from 1 to ${MAX_FACTOR_RANK}, not ${rank}.`);
  }
  return {
    factoring: factor === 'none' ? null : { factor: factors[factor], rank },
    sparsifier,
    amount: { keep: spec.keep, threshold },
    scalesUp: spec.scalesUp ?? true,
    coding: indices === 'smallest' ? null : indexCodings[indices],
    isRotated: spec.rotate ?? false,
    quantiser: quantisers[spec.quantise],
    rounding: spec.rounding ?? 'nearest',
    byRow: spec.scales === 'row',
    isDeflated: spec.pack === 'deflate',
  };
}
