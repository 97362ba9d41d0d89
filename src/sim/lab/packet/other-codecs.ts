// What a message would cost under other codecs: each is really encoded and decoded.

import { type CodecSpec, codecLabel } from '../../compression/codec-spec.ts';
import { encodeMessage } from '../../compression/encoded-message.ts';
import { makeCodec, quantiserIds } from '../../compression/index.ts';
import type { ObservedMessage } from '../../engine/messages/message-observer.ts';
import { Rng } from '../../random.ts';
import { distortionOf } from './distortion.ts';

export interface CodecTrial {
  readonly label: string;
  readonly bytes: number;
  /** Relative L2 error, as in `Fidelity`. */
  readonly relativeError: number;
  /** What to set; null for the codec that the message went under. */
  readonly spec: CodecSpec | null;
}

const plain: CodecSpec = { sparsify: 'none', keep: 1, quantise: 'fp32' };

/** Every quantiser alone, then the sparsifiers, the factorisation and the refinements of quantising. */
export const comparedSpecs: readonly CodecSpec[] = [
  ...quantiserIds.map((quantise): CodecSpec => ({ ...plain, quantise })),
  { ...plain, quantise: 'int8', scales: 'row' },
  { ...plain, quantise: 'int8', pack: 'deflate' },
  { ...plain, quantise: 'int4', rounding: 'stochastic' },
  { ...plain, quantise: 'int4', rotate: true },
  { ...plain, quantise: 'int2', rotate: true },
  { ...plain, sparsify: 'top-k', keep: 0.1 },
  { ...plain, sparsify: 'top-k', keep: 0.1, quantise: 'int8' },
  { ...plain, sparsify: 'top-k', keep: 0.01 },
  { ...plain, sparsify: 'top-k', keep: 0.01, quantise: 'int8' },
  { ...plain, sparsify: 'top-k-global', keep: 0.1 },
  { ...plain, sparsify: 'random-k', keep: 0.1 },
  { ...plain, sparsify: 'threshold', threshold: 0.1 },
  { ...plain, factor: 'low-rank', rank: 1 },
  { ...plain, factor: 'low-rank', rank: 4 },
  { ...plain, factor: 'low-rank', rank: 4, quantise: 'int8' },
];

type Message = Pick<ObservedMessage, 'before' | 'packet' | 'subset' | 'codec' | 'feedback' | 'model'>;

/** Sorted from the smallest packet to the largest; the codec that the message went under is among them. */
export function otherCodecsFor(message: Message, after: Float32Array): CodecTrial[] {
  const { before, packet, subset, codec, feedback, model } = message;
  const others = comparedSpecs.flatMap((spec): CodecTrial[] => {
    const label = codecLabel(spec);
    if (label === codec) return [];
    const other = makeCodec({ ...spec, scalesUp: !feedback });
    const { size, values } = encodeMessage(other, model, before, new Rng(`lab/${label}`), subset);
    return [{ label, bytes: size, relativeError: distortionOf(before, values).relativeError, spec }];
  });
  const { relativeError } = distortionOf(before, after);
  const own: CodecTrial = { label: codec, bytes: packet.length, relativeError, spec: null };
  return [own, ...others].sort((a, b) => a.bytes - b.bytes || a.relativeError - b.relativeError);
}
