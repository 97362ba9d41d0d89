// The contract of adaptive compression: for each message of a device, a policy picks a rung of the ladder.

import type { NoSettings, OwnSettings, ValuesOf, Variant } from '../../experiment/variants.ts';
import type { CodecSpec } from '../index.ts';

/** From fine to coarse: each rung weighs less than the one before. */
export const ladder: readonly CodecSpec[] = [
  { sparsify: 'none', keep: 1, quantise: 'fp32' },
  { sparsify: 'none', keep: 1, quantise: 'fp16' },
  { sparsify: 'none', keep: 1, quantise: 'int8' },
  { sparsify: 'none', keep: 1, quantise: 'int4' },
  { sparsify: 'none', keep: 1, quantise: 'int2' },
  { sparsify: 'top-k', keep: 0.1, quantise: 'int8' },
  { sparsify: 'top-k', keep: 0.01, quantise: 'int8' },
];

export interface PolicyContext<Own extends OwnSettings = NoSettings> {
  /** From 1, and how many the run has. */
  readonly round: number;
  readonly rounds: number;
  /** Charge of the device's battery, 0 … 1; 1 on mains. */
  readonly charge: number;
  /** Seconds that so many bytes take up the device's link as it is now. */
  readonly uploadTime: (bytes: number) => number;
  /**
   * The message encoded with a rung: its bytes, and the error of the decoded update relative to the update (L2). Where whole weights
   * are sent the error is relative to the update too: the weights' norm is no measure of what a device has learned.
   */
  readonly trial: (rung: number) => { readonly bytes: number; readonly relativeError: number };
  /** The policy's own. */
  readonly settings: ValuesOf<Own>;
}

export interface AdaptivePolicy<Own extends OwnSettings = NoSettings> extends Variant<Own> {
  /** A rung, from 0; null stays with the tier's own codec. */
  choose(situation: PolicyContext<Own>): number | null;
}

/** The rung for a place on the ladder, 0 (fine) … 1 (coarse). */
export const rungAt = (place: number): number => Math.round(Math.min(1, Math.max(0, place)) * (ladder.length - 1));
