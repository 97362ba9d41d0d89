// The registry of strategies: one file and one line each.

import type { OwnSettings } from '../experiment/variants.ts';
import { fedAdagrad } from './fed-adagrad.ts';
import { fedAdam } from './fed-adam.ts';
import { fedAvg } from './fed-avg.ts';
import { fedAvgM } from './fed-avg-m.ts';
import { fedYogi } from './fed-yogi.ts';
import type { Strategy } from './strategy.ts';

export const strategies = {
  'fed-avg': fedAvg,
  'fed-avg-m': fedAvgM,
  'fed-adam': fedAdam,
  'fed-yogi': fedYogi,
  'fed-adagrad': fedAdagrad,
} as const satisfies Record<string, Strategy<unknown, OwnSettings>>;
