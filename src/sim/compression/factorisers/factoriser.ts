// The contract of a factoriser: it sends a few smaller tensors in place of one. What it makes is sparsified and quantised as
// any tensor is.

import type { NoSettings, OwnSettings, ValuesOf, Variant } from '../../experiment/variants.ts';
import type { Rng } from '../../random.ts';

export interface Factoriser<Own extends OwnSettings = NoSettings> extends Variant<Own> {
  /** Names the factoriser in a buffer, 0 … 15; never to be used again for another one. */
  readonly wireCode: number;
  /** Names the stage with its parameter, e.g. 'low-rank-4' and 'rank 4'. */
  nameFor(settings: ValuesOf<Own>): { readonly id: string; readonly label: string };
  /** The one number, 1 … 64, that the receiver needs besides the shapes, and that travels. */
  rankOf(settings: ValuesOf<Own>): number;
  /** The shapes of the factors of a tensor of this shape; null if it is not factored. */
  shapesOf(shape: readonly number[], rank: number): readonly (readonly number[])[] | null;
  /** The tensors of those shapes. */
  split(values: Float32Array, shape: readonly number[], rank: number, rng: Rng): Float32Array[];
  /** Fills `into` from those tensors. */
  join(parts: readonly Float32Array[], shape: readonly number[], rank: number, into: Float32Array): void;
}
