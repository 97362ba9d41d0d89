// The registry of factorisers: one line each. A packet says in one flag whether it is factored: a second factoriser would need
// a code of its own on the wire.

import type { OwnSettings } from '../../experiment/variants.ts';
import type { Factor } from './factor.ts';
import { lowRank } from './low-rank.ts';

export const factors = { 'low-rank': lowRank } satisfies Record<string, Factor<OwnSettings>>;

export type FactorId = 'none' | keyof typeof factors;
