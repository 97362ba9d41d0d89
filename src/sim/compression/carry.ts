// Carries numbers over a link: encoded by the sender, decoded by the receiver. The receiver's values are the decoded ones,
// and the message's size is its buffer's length, the only place where bytes are counted.

import { gather, type Kept, masked, scatter } from '../model/masks.ts';
import type { ModelSpec } from '../model/models.ts';
import type { Rng } from '../random.ts';
import { type Bytes, bytes } from '../units.ts';
import { type Codec, type CodecSpec, makeCodec } from './index.ts';

const FLOAT_BYTES = 4;

export interface Carried {
  /** What the receiver has after decoding. */
  readonly values: Float32Array;
  readonly size: Bytes;
  /** The whole model or update as plain 32-bit floats. */
  readonly rawSize: Bytes;
  /** What was encoded, and into what. */
  readonly before: Float32Array;
  readonly packet: Uint8Array;
  /** What of the values is in the packet; all, if left out. */
  readonly kept: Kept | undefined;
  /** The codec's label. */
  readonly codec: string;
}

/** @param kept what of the values is sent, if not all: both ends know it, so no positions are sent; the rest arrives as zero */
export function carry(codec: Codec, model: ModelSpec, values: Float32Array, rng: Rng, kept?: Kept): Carried {
  const shapes = kept ? kept.shapes : model.tensors.map((tensor) => tensor.shape);
  const packet = codec.encode({ shapes, values: kept ? gather(values, kept.mask) : values }, { rng });
  const decoded = codec.decode(packet, shapes).values;
  return {
    values: kept ? scatter(decoded, kept.mask) : decoded,
    size: bytes(packet.length),
    rawSize: bytes(FLOAT_BYTES * values.length),
    before: kept ? masked(values, kept.mask) : values,
    packet,
    kept,
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
  /** What of the update is sent; all, if left out. */
  readonly kept?: Kept | undefined;
}

/** Carries an update one tier up; the receiver has an update again, whatever was sent. */
export function carryUp(update: Float32Array, { spec, payload, base, model, kept }: UplinkSettings, rng: Rng): Carried {
  const codec = makeCodec(spec);
  if (payload === 'update') return carry(codec, model, update, rng, kept);
  const carried = carry(
    codec,
    model,
    update.map((change, i) => base[i] + change),
    rng,
    kept,
  );
  const values = carried.values.map((weight, i) => weight - base[i]);
  return { ...carried, values: kept ? masked(values, kept.mask) : values };
}
