// A message over a link: encoded by the sender, decoded by the receiver. The receiver's values are the decoded ones, and the
// message's size is its buffer's length, the only place where bytes are counted.

import { gather, masked, scatter, type WeightSubset } from '../model/masks.ts';
import type { ModelSpec } from '../model/models.ts';
import type { Rng } from '../random.ts';
import { type Bytes, bytes } from '../units.ts';
import { type Codec, type CodecSpec, makeCodec } from './index.ts';

const FLOAT_BYTES = 4;

export interface EncodedMessage {
  /** What the receiver has after decoding. */
  readonly values: Float32Array;
  readonly size: Bytes;
  /** The whole model or update as plain 32-bit floats. */
  readonly rawSize: Bytes;
  /** What was encoded, and into what. */
  readonly before: Float32Array;
  readonly packet: Uint8Array;
  /** The weights that the packet contains; undefined for all. */
  readonly subset: WeightSubset | undefined;
  /** The codec's label. */
  readonly codec: string;
}

/** @param subset the weights to send, if not all: both ends know it, so no positions are sent, and the others arrive as zero */
export function encodeMessage(
  codec: Codec,
  model: ModelSpec,
  values: Float32Array,
  rng: Rng,
  subset?: WeightSubset,
): EncodedMessage {
  const shapes = subset ? subset.shapes : model.tensors.map((tensor) => tensor.shape);
  const packet = codec.encode({ shapes, values: subset ? gather(values, subset.mask) : values }, { rng });
  const decoded = codec.decode(packet, shapes).values;
  return {
    values: subset ? scatter(decoded, subset.mask) : decoded,
    size: bytes(packet.length),
    rawSize: bytes(FLOAT_BYTES * values.length),
    before: subset ? masked(values, subset.mask) : values,
    packet,
    subset,
    codec: codec.label,
  };
}

export interface UplinkSettings {
  readonly spec: CodecSpec;
  /** 'update' sends what changed since `base`, 'weights' the whole model, as the tutorial does. */
  readonly payload: 'update' | 'weights';
  /** The global model as the devices received it. */
  readonly base: Float32Array;
  readonly model: ModelSpec;
  /** The weights to send; all, if left out. */
  readonly subset?: WeightSubset | undefined;
}

/** Encodes an update for the tier above. The decoded values are an update again, whichever payload was sent. */
export function encodeUplink(
  update: Float32Array,
  { spec, payload, base, model, subset }: UplinkSettings,
  rng: Rng,
): EncodedMessage {
  const codec = makeCodec(spec);
  if (payload === 'update') return encodeMessage(codec, model, update, rng, subset);
  const encoded = encodeMessage(
    codec,
    model,
    update.map((change, i) => base[i] + change),
    rng,
    subset,
  );
  const values = encoded.values.map((weight, i) => weight - base[i]);
  return { ...encoded, values: subset ? masked(values, subset.mask) : values };
}
