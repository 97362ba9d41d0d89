// The registry of strategies: one file and one line each.

import type { OwnSettings } from '../experiment/variants.ts';
import { fedAvg } from './fed-avg.ts';
import type { Strategy } from './strategy.ts';

export const strategies = { 'fed-avg': fedAvg } as const satisfies Record<string, Strategy<unknown, OwnSettings>>;
