// The contract of an aggregator: how a gateway, a fog or the cloud makes one update of those that have arrived. One file each.

import type { NoSettings, OwnSettings, ValuesOf, Variant } from '../experiment/variants.ts';
import type { Mask } from '../model/masks.ts';
import type { Macs } from '../units.ts';

export interface WeightedUpdate {
  readonly values: Float32Array;
  /** Training samples behind the update. */
  readonly samples: number;
  /** Training samples behind each value, where devices hold different parts of a model; all of them if left out. */
  readonly mass?: Float64Array | undefined;
  /** What the strategy sends beside it, by name. An aggregator is given one tensor at a time, as `values`. */
  readonly tensors?: Readonly<Record<string, Float32Array>> | undefined;
}

export interface Aggregator<Own extends OwnSettings = NoSettings> extends Variant<Own> {
  /** Whether it could work with nothing but running sums of what has arrived, or has to see each update beside the others. */
  readonly needs: 'sums' | 'updates';
  /** Multiply-accumulates of combining so many updates of so many weights. */
  readonly macs: (parameters: number, updates: number) => Macs;
  /**
   * The update to go on with, and all samples behind it. Each value lies between the least and the greatest of the updates', or,
   * if it `needs` updates, between them and zero: it may clip some. It changes nothing that it was given.
   * @throws {RangeError} if there is nothing to combine
   */
  combine(updates: readonly WeightedUpdate[], settings: ValuesOf<Own>): WeightedUpdate;
}

/** The samples behind each value of one device's update. */
export const massOf = (mask: Mask, samples: number): Float64Array => Float64Array.from(mask, (held) => held * samples);
