// The registry of local optimisers: one file and one line each.

import type { OwnSettings, ValuesOf } from '../experiment/variants.ts';
import { adam } from './adam.ts';
import type { Optimiser } from './optimiser.ts';
import { sgd } from './sgd.ts';

export const optimisers = {
  sgd,
  adam,
} as const satisfies Record<string, Optimiser<OwnSettings>>;

export type OptimiserId = keyof typeof optimisers;

/** An optimiser as a value: which one, and its settings. */
export type LocalOptimiser = {
  [Id in OptimiserId]: { readonly id: Id } & ValuesOf<(typeof optimisers)[Id]['settings']>;
}[OptimiserId];

/** PyTorch's default: no momentum. */
export const plainSgd: LocalOptimiser = { id: 'sgd', momentum: 0 };

/** The functions of a value. */
export const entryOf = ({ id }: LocalOptimiser): Optimiser<OwnSettings> => optimisers[id];

/** The optimiser that the settings of local training ask for. */
export function optimiserOf(training: { readonly optimiser: OptimiserId }): LocalOptimiser {
  const id = training.optimiser;
  const own: Readonly<Record<string, unknown>> = training;
  return {
    id,
    ...Object.fromEntries(Object.keys(optimisers[id].settings).map((name) => [name, own[name]])),
  } as LocalOptimiser;
}
