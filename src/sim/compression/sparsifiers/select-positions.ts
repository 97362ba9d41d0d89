// Selects the values of an update to send, and the seed that replaces their positions where both ends can draw them.

import type { OwnSettings, ValuesOf } from '../../experiment/variants.ts';
import { Rng } from '../../random.ts';
import type { Sparsifier } from './sparsifier.ts';

interface SelectedPositions {
  /** Ascending, for each tensor; null if every value is sent. */
  readonly positions: readonly Uint32Array[] | null;
  /** Sent instead of the positions; null where the positions are sent. */
  readonly seed: number | null;
}

/** The generator of a packet's positions. */
export const positionGenerator = (seed: number): Rng => new Rng(`positions ${seed}`);

/** @param settings the sparsifier's own, at least */
export function selectPositions<Own extends OwnSettings>(
  sparsifier: Sparsifier<Own>,
  tensors: readonly Float32Array[],
  settings: ValuesOf<Own>,
  rng: Rng,
): SelectedPositions {
  if (!sparsifier.drawPositions) return { positions: sparsifier.select(tensors, settings, rng), seed: null };
  const seed = rng.bits();
  const positions = sparsifier.select(tensors, settings, positionGenerator(seed));
  return { positions, seed: positions && seed };
}
