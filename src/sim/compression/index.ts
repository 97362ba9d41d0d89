// Codecs by name: a `CodecSpec` in the experiment says which stages a tier uses, `makeCodec` puts them together. A
// codec holds nothing but its stages: one serves any number of senders.

import { checkValues, type OwnSettings, type ValuesOf } from '../experiment/variants.ts';
import type { Codec } from './codec.ts';
import { type CodecSpec, stageNames, withStageDefaults } from './codec-spec.ts';
import type { Factoriser } from './factorisers/factoriser.ts';
import { factorisers } from './factorisers/index.ts';
import { indexCodings } from './indices/index.ts';
import type { IndexCoding } from './indices/index-coding.ts';
import { quantisers } from './quantisers/index.ts';
import type { Quantiser } from './quantisers/quantiser.ts';
import { sparsifiers } from './sparsifiers/index.ts';
import type { Sparsifier } from './sparsifiers/sparsifier.ts';
import { readPacket } from './wire/read-packet.ts';
import { type Stages, writePacket } from './wire/write-packet.ts';

export type { Codec, Update } from './codec.ts';
export type { CodecSpec } from './codec-spec.ts';
export { factorisers } from './factorisers/index.ts';
export { indexCodings } from './indices/index.ts';
export { type QuantiserId, quantiserIds, quantisers } from './quantisers/index.ts';
export { type SparsifierId, sparsifierIds, sparsifiers } from './sparsifiers/index.ts';
export { WireError } from './wire/format.ts';
export { describePacket } from './wire/read-packet.ts';

/** Made once for each spec: thousands of devices send with the same one. */
const made = new WeakMap<CodecSpec, Codec>();

/** @throws {RangeError} if the share to keep, the threshold or the rank is outside what can be. */
export function makeCodec(spec: CodecSpec): Codec {
  const codec = made.get(spec) ?? newCodec(spec);
  made.set(spec, codec);
  return codec;
}

function newCodec(spec: CodecSpec): Codec {
  const stages = stagesOf(spec);
  const named = stageNames(spec);
  return {
    id: named.map(({ id }) => id).join('+'),
    label: named.map(({ label }) => label).join(' + '),
    encode: (update, context) => writePacket(update, stages, context.rng),
    decode: readPacket,
  };
}

function stagesOf(spec: CodecSpec): Stages {
  const { factor = 'none', indices = 'smallest' } = spec;
  const sparsifier: Sparsifier<OwnSettings> = sparsifiers[spec.sparsify];
  const factoriser: Factoriser<OwnSettings> | null = factor === 'none' ? null : factorisers[factor];
  const settings: ValuesOf<OwnSettings> = { ...withStageDefaults(spec) };
  const quantiser: Quantiser<OwnSettings> = quantisers[spec.quantise];
  const coding: IndexCoding<OwnSettings> | null = indices === 'smallest' ? null : indexCodings[indices];
  for (const stage of [sparsifier, factoriser, coding, quantiser])
    if (stage) checkValues(stage.settings, settings, 'A codec');
  return {
    factorisation: factoriser && { factor: factoriser, rank: factoriser.rankOf(settings) },
    sparsifier,
    settings,
    scalesUp: spec.scalesUp ?? true,
    coding,
    isRotated: spec.rotate ?? false,
    quantiser,
    rounding: spec.rounding ?? 'nearest',
    byRow: spec.scales === 'row',
    isDeflated: spec.pack === 'deflate',
  };
}
