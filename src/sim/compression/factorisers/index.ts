// The registry of factorisers: one file and one line each.

import type { OwnSettings } from '../../experiment/variants.ts';
import type { Factoriser } from './factoriser.ts';
import { lowRank } from './low-rank.ts';

export const factorisers = {
  'low-rank': lowRank,
} satisfies Record<string, Factoriser<OwnSettings>>;

export type FactoriserId = 'none' | keyof typeof factorisers;
