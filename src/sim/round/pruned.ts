// The cloud prunes a family's model before it goes down.

import type { Family } from '../engine/families.ts';
import { masked } from '../model/masks.ts';
import { pruningMask } from '../model/pruning.ts';

/** Sets the smallest weights to zero. Who sends has nothing left to send of them, and forgets what it held back. */
export function pruneFamily(family: Family, sparsity: number): void {
  if (sparsity === 0) {
    family.mask = undefined;
    return;
  }
  const mask = pruningMask(family.model, family.weights, sparsity);
  // Who holds a model under the same mask can be sent a difference: a mask that has not changed stays the same array.
  if (family.mask?.every((kept, i) => kept === mask[i])) return;
  family.mask = mask;
  family.weights = masked(family.weights, mask);
  family.senders.prune(mask);
}
