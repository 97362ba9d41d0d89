// The registry of factorisers: one file and one line each.

import type { OwnSettings } from '../../experiment/variants.ts';
import type { Factor } from './factor.ts';
import { lowRank } from './low-rank.ts';

export const factors = { 'low-rank': lowRank } satisfies Record<string, Factor<OwnSettings>>;

export type FactorId = 'none' | keyof typeof factors;
