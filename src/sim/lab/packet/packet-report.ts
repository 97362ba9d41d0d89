// All that the packet inspector shows of one message, computed from what was really encoded.

import { describePacket, makeCodec } from '../../compression/index.ts';
import type { ObservedMessage } from '../../engine/messages/message-observer.ts';
import { scatter } from '../../model/masks.ts';
import { type Distortion, distortionOf } from './distortion.ts';
import { type Histograms, toHistograms } from './histogram.ts';
import { type CodecTrial, otherCodecsFor } from './other-codecs.ts';

/** Odd, so that zero has a bin of its own. */
const BINS = 61;
const SHOWN_BYTES = 256;

export const partNames = ['header', 'indices', 'scales', 'values', 'checksum'] as const;
export type PartName = (typeof partNames)[number];

export interface PacketPart {
  readonly name: PartName;
  /** Where it begins in the buffer, and how many bytes it takes. */
  readonly start: number;
  readonly bytes: number;
}

export interface TensorReport {
  readonly name: string;
  readonly shape: readonly number[];
  readonly before: Float32Array;
  readonly after: Float32Array;
  readonly relativeError: number;
}

export interface PacketReport extends Distortion {
  readonly codec: string;
  readonly model: string;
  readonly bytes: number;
  /** The same as bare 32-bit floats. */
  readonly rawBytes: number;
  /** They add up to `bytes`; those that this packet does not have are left out. */
  readonly parts: readonly PacketPart[];
  /** How the positions of the kept values are written, tensor by tensor where they differ; empty if all are sent. */
  readonly codings: readonly string[];
  /** How many values are in the packet. */
  readonly kept: number;
  readonly histograms: Histograms;
  readonly tensors: readonly TensorReport[];
  /** The buffer's first bytes. */
  readonly head: Uint8Array;
  readonly alternatives: readonly CodecTrial[];
}

const anyCodec = makeCodec({ sparsify: 'none', keep: 1, quantise: 'fp32' });

export function reportPacket(message: ObservedMessage): PacketReport {
  const { before, packet, subset, model, codec } = message;
  const shapes = subset ? subset.shapes : model.tensors.map((tensor) => tensor.shape);
  // What else is read is written in the packet itself: any codec decodes it.
  const sent = anyCodec.decode(packet, shapes).values;
  const after = subset ? scatter(sent, subset.mask) : sent;
  const { parts, wireTensors } = describePacket(packet, shapes);
  let [start, at] = [0, 0];
  return {
    codec,
    model: model.label,
    bytes: packet.length,
    rawBytes: before.byteLength,
    parts: partNames.flatMap((name) => {
      const bytes = parts[name];
      start += bytes;
      return bytes === 0 ? [] : [{ name, start: start - bytes, bytes }];
    }),
    codings: [...new Set(wireTensors.flatMap(({ coding }) => coding ?? []))],
    kept: wireTensors.reduce((sum, each) => sum + each.kept, 0),
    histograms: toHistograms(before, after, BINS),
    tensors: model.tensors.map(({ name, shape }) => {
      const length = shape.reduce((size, each) => size * each, 1);
      const own = [before, after].map((values) => values.slice(at, at + length));
      at += length;
      return { name, shape, before: own[0], after: own[1], relativeError: distortionOf(own[0], own[1]).relativeError };
    }),
    head: packet.slice(0, SHOWN_BYTES),
    alternatives: otherCodecsFor(message, after),
    ...distortionOf(before, after),
  };
}

/** Every buffer of a report, to transfer instead of copy. */
export const buffersOfReport = ({ histograms, tensors, head }: PacketReport): ArrayBuffer[] =>
  [histograms.before, histograms.after, head, ...tensors.flatMap(({ before, after }) => [before, after])].map(
    ({ buffer }) => buffer as ArrayBuffer,
  );
