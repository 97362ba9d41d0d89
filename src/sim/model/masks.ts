// Masks over a model's flat weights: 1 for a weight that belongs to the subset, 0 for one that does not. Both ends of a link know
// the mask, so the subset is sent without positions: gathered by the sender, scattered by the receiver.

import { sizeOf } from './layers.ts';
import type { ModelSpec } from './models.ts';

export type Mask = Uint8Array;

/** A subset of a model's weights, of which a message consists: the mask, and the shapes of the tensors that are sent. */
export interface WeightSubset {
  readonly mask: Mask;
  readonly shapes: readonly (readonly number[])[];
}

/** The same values, zero where the mask is. */
export const masked = (values: Float32Array, mask: Mask): Float32Array =>
  values.map((value, i) => (mask[i] === 1 ? value : 0));

export const countNonZero = (mask: Mask): number => mask.reduce((count, each) => count + each, 0);

/** The values of the subset, one after another. */
export function gather(values: Float32Array, mask: Mask): Float32Array {
  const kept = new Float32Array(countNonZero(mask));
  let at = 0;
  for (let i = 0; i < mask.length; i++) if (mask[i] === 1) kept[at++] = values[i];
  return kept;
}

/** The inverse of `gather`: values at the subset's positions, zeros elsewhere. */
export function scatter(kept: Float32Array, mask: Mask): Float32Array {
  const values = new Float32Array(mask.length);
  let at = 0;
  for (let i = 0; i < mask.length; i++) if (mask[i] === 1) values[i] = kept[at++];
  return values;
}

/** The subset that a mask selects: a tensor that is complete keeps its shape, any other is sent as a vector. */
export function weightSubset(model: ModelSpec, mask: Mask): WeightSubset {
  let from = 0;
  const shapes = model.tensors.map(({ shape }) => {
    const to = from + sizeOf(shape);
    const count = countNonZero(mask.subarray(from, to));
    from = to;
    return count === sizeOf(shape) ? shape : [count];
  });
  return { mask, shapes };
}
