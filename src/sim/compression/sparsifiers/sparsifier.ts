// The contract of a sparsifier: it decides which values of an update are sent at all; the rest arrive as zero. It sees
// every tensor at once, so that one that ranks across tensors is as easy to write as one that ranks within each.

import { number, percent } from '../../experiment/settings.ts';
import type { NoSettings, OwnSettings, ValuesOf, Variant } from '../../experiment/variants.ts';
import type { Rng } from '../../random.ts';

/** Of the sparsifiers that go by a share of the values. */
export const keepSetting = {
  keep: number({
    default: 0.1,
    min: 0.001,
    max: 1,
    step: 0.001,
    scale: 'log',
    ...percent,
    label: 'Keep',
    help: 'Share of the values that are sent.',
    live: true,
  }),
};

export interface Sparsifier<Own extends OwnSettings = NoSettings> extends Variant<Own> {
  /** Names the sparsifier in a buffer, 0 … 15; never to be used again for another one. 0 is 'none'. */
  readonly wireCode: number;
  /** Whether the values that it keeps, divided by the share that it keeps, are right on average. */
  readonly isUnbiased: boolean;
  /** Names the stage with its parameter, e.g. 'top-k-10' and 'top-k 10 %'; null if it does nothing worth a name. */
  nameFor(settings: ValuesOf<Own>): { readonly id: string; readonly label: string } | null;
  /** The positions to keep in each tensor, ascending, or null to send every value without indices. */
  select(tensors: readonly Float32Array[], settings: ValuesOf<Own>, rng: Rng): readonly Uint32Array[] | null;
  /**
   * For a sparsifier that does not look at the values: which `count` of `length` positions it keeps, ascending, and `select` draws
   * just these, tensor after tensor. Then a seed travels in the place of positions.
   */
  readonly drawPositions?: (length: number, count: number, rng: Rng) => Uint32Array;
}

/** Names a stage after a share, e.g. 'top-k-0.5' and 'top-k 0.5 %'. */
export function stageName(id: string, label: string, share: number): { id: string; label: string } {
  const percent = Number((100 * share).toPrecision(6));
  return { id: `${id}-${percent}`, label: `${label} ${percent} %` };
}

/** How many of `length` values are kept: at least one, as in the tutorial's GradientCompressor. */
export const keptCount = (length: number, keep: number): number =>
  Math.min(length, Math.max(1, Math.floor(length * keep)));
