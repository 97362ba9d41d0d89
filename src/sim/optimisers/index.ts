// The registry of local optimisers: one file and one line each.

import { adam } from './adam.ts';
import type { Optimiser } from './optimiser.ts';
import { sgd } from './sgd.ts';

export const optimisers = { sgd, adam } as const satisfies Record<string, Optimiser<never>>;

export type OptimiserId = keyof typeof optimisers;

type Settings<Entry> = Entry extends Optimiser<infer Own> ? Own : never;

/** An optimiser as a value: which one, and its settings. */
export type LocalOptimiser = {
  [Id in OptimiserId]: { readonly id: Id } & Settings<(typeof optimisers)[Id]>;
}[OptimiserId];

/** PyTorch's default: no momentum. */
export const plainSgd: LocalOptimiser = { id: 'sgd', momentum: 0 };

/** The functions of a value. */
export const entryOf = ({ id }: LocalOptimiser): Optimiser<LocalOptimiser> =>
  optimisers[id] as unknown as Optimiser<LocalOptimiser>;

/** The optimiser that the settings of local training ask for. */
export function optimiserOf(training: { readonly optimiser: OptimiserId }): LocalOptimiser {
  const id = training.optimiser;
  const own = training as unknown as Readonly<Record<string, unknown>>;
  return {
    id,
    ...Object.fromEntries(optimisers[id].uses.map((name) => [name, own[name]])),
  } as unknown as LocalOptimiser;
}
