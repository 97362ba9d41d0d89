// Which values of an update travel, and the seed that stands for their positions where both ends can draw them.

import { Rng } from '../../random.ts';
import type { Amount, Sparsifier } from './sparsifier.ts';

interface Chosen {
  /** Ascending, for each tensor; null if every value is sent. */
  readonly positions: readonly Uint32Array[] | null;
  /** Travels in the place of the positions; null where they do themselves. */
  readonly seed: number | null;
}

/** The generator of a packet's positions. */
export const drawnFrom = (seed: number): Rng => new Rng(`positions ${seed}`);

export function choose(sparsifier: Sparsifier, tensors: readonly Float32Array[], amount: Amount, rng: Rng): Chosen {
  if (!sparsifier.draw) return { positions: sparsifier.select(tensors, amount, rng), seed: null };
  const seed = rng.bits();
  const positions = sparsifier.select(tensors, amount, drawnFrom(seed));
  return { positions, seed: positions && seed };
}
