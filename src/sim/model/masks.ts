// Masks over a model's flat weights: 1 for a weight that is kept, 0 for one that is not. Both ends of a link know the mask, so
// what is kept travels without positions: gathered by the sender, scattered by the receiver.

import { sizeOf } from './layers.ts';
import type { ModelSpec } from './models.ts';

export type Mask = Uint8Array;

/** What of a model a message covers: which weights, and the tensors in which they travel. */
export interface WeightSubset {
  readonly mask: Mask;
  readonly shapes: readonly (readonly number[])[];
}

/** The same values, zero where the mask is. */
export const masked = (values: Float32Array, mask: Mask): Float32Array =>
  values.map((value, i) => (mask[i] === 1 ? value : 0));

export const countNonZero = (mask: Mask): number => mask.reduce((count, each) => count + each, 0);

/** The kept values, one after another. */
export function gather(values: Float32Array, mask: Mask): Float32Array {
  const kept = new Float32Array(countNonZero(mask));
  let at = 0;
  for (let i = 0; i < mask.length; i++) if (mask[i] === 1) kept[at++] = values[i];
  return kept;
}

/** The kept values back at their places, zeros elsewhere. */
export function scatter(kept: Float32Array, mask: Mask): Float32Array {
  const values = new Float32Array(mask.length);
  let at = 0;
  for (let i = 0; i < mask.length; i++) if (mask[i] === 1) values[i] = kept[at++];
  return values;
}

/** Each tensor of the model as it travels under a mask: in its shape where all of it is kept, else as a vector. */
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
