// The contract of a factoriser: it sends a few smaller tensors in place of one. What it makes is sparsified and quantised as
// any tensor is.

import type { NoSettings, OwnSettings, Variant } from '../../experiment/variants.ts';
import type { Rng } from '../../random.ts';

export interface Factor<Own extends OwnSettings = NoSettings> extends Variant<Own> {
  /** The shapes that stand for a tensor of this shape; null if it is sent as it is. */
  shapesOf(shape: readonly number[], rank: number): readonly (readonly number[])[] | null;
  /** The tensors of those shapes. */
  split(values: Float32Array, shape: readonly number[], rank: number, rng: Rng): Float32Array[];
  /** Fills `into` from those tensors. */
  join(parts: readonly Float32Array[], shape: readonly number[], rank: number, into: Float32Array): void;
}
