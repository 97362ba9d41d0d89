// Magnitude pruning on a schedule (Zhu & Gupta 2017, "To prune, or not to prune"): the cloud zeroes the smallest weights, more
// of them each round, and broadcasts what is left; devices train and send only that.

import type { CodecSpec } from '../compression/index.ts';
import { sizeOf } from './layers.ts';
import type { Mask } from './masks.ts';
import type { ModelSpec } from './models.ts';

export interface PruningSettings {
  /** Share of the weights that is pruned in the end, 0 … 1; 0 prunes nothing. */
  readonly sparsity: number;
  /** The first round of the ramp; nothing is pruned yet in it unless the ramp has no length. */
  readonly begin: number;
  /** Rounds from nothing to the whole share. */
  readonly ramp: number;
}

/** s_t = s_f + (s_i − s_f)(1 − (t − t₀)/n)³ with s_i = 0: fast at first, while there are many weights to spare. */
export function sparsityAt(round: number, { sparsity, begin, ramp }: PruningSettings): number {
  if (round < begin) return 0;
  const left = Math.max(0, 1 - (round - begin) / ramp) || 0;
  return sparsity * (1 - left ** 3);
}

/**
 * What is kept of a model: of each matrix all but the smallest weights by magnitude, of equals the first; every bias. A weight
 * that is zero already is not kept: it is not broadcast, so its receivers could not know that it should be trained again.
 *
 * Each matrix is pruned by the same share, as in the paper, and not the model as a whole: start weights are smaller where a unit
 * has more inputs, so that a ranking of all would empty the wide layers first, and could cut the path through one altogether.
 */
export function pruningMask(model: ModelSpec, weights: Float32Array, sparsity: number): Mask {
  const mask = new Uint8Array(model.parameters).fill(1);
  let from = 0;
  for (const { shape } of model.tensors) {
    const size = sizeOf(shape);
    if (shape.length > 1) {
      const values = weights.subarray(from, from + size);
      const bySize = Uint32Array.from(values.keys()).sort((a, b) => Math.abs(values[a]) - Math.abs(values[b]) || b - a);
      const dropped = Math.max(Math.floor(sparsity * size), values.filter((value) => value === 0).length);
      for (const place of bySize.subarray(0, dropped)) mask[from + place] = 0;
    }
    from += size;
  }
  return mask;
}

/** Weights that pruning leaves of a model, by the same rule; fewer where weights were zero already. */
export const remainingParameters = (model: ModelSpec, sparsity: number): number =>
  model.tensors.reduce((sum, { shape }) => {
    const size = sizeOf(shape);
    return sum + size - (shape.length > 1 ? Math.floor(sparsity * size) : 0);
  }, 0);

/** A pruned model goes down as its values that are not zero, with their places: its receivers learn from them what is pruned. */
export const prunedModelCodec = (spec: CodecSpec): CodecSpec => ({
  ...spec,
  factor: 'none',
  sparsify: 'threshold',
  threshold: 0,
  indices: 'smallest',
});
