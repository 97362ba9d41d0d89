// The registry of strategies: one file and one line each.

import type { OwnSettings } from '../experiment/variants.ts';
import { fedAdagrad } from './fed-adagrad.ts';
import { fedAdam } from './fed-adam.ts';
import { fedAvg } from './fed-avg.ts';
import { fedAvgM } from './fed-avg-m.ts';
import { fedProx } from './fed-prox.ts';
import { fedYogi } from './fed-yogi.ts';
import { scaffold } from './scaffold.ts';
import type { ClientHalf, Strategy } from './strategy.ts';

export const strategies = {
  'fed-avg': fedAvg,
  'fed-prox': fedProx,
  scaffold,
  'fed-avg-m': fedAvgM,
  'fed-adam': fedAdam,
  'fed-yogi': fedYogi,
  'fed-adagrad': fedAdagrad,
} as const satisfies Record<string, Strategy<unknown, OwnSettings>>;

interface Aggregation {
  readonly aggregation: { readonly strategy: keyof typeof strategies; readonly mode: string };
}

export const strategyOf = ({ aggregation }: Aggregation): Strategy<unknown, OwnSettings> =>
  strategies[aggregation.strategy];

/** What devices do beside plain training; null for nothing. FedAsync is a strategy of its own, whose devices train plainly. */
export const clientHalfOf = (experiment: Aggregation): ClientHalf<OwnSettings> | null =>
  experiment.aggregation.mode === 'fed-async' ? null : (strategyOf(experiment).client ?? null);
