// The registry of sparsifiers: one file and one line each.

import type { OwnSettings } from '../../experiment/variants.ts';
import { none } from './none.ts';
import { randomK } from './random-k.ts';
import type { Sparsifier } from './sparsifier.ts';
import { threshold } from './threshold.ts';
import { topK } from './top-k.ts';
import { topKGlobal } from './top-k-global.ts';

export const sparsifiers = {
  none,
  'top-k': topK,
  'top-k-global': topKGlobal,
  'random-k': randomK,
  threshold,
} satisfies Record<string, Sparsifier<OwnSettings>>;

export type SparsifierId = keyof typeof sparsifiers;
export const sparsifierIds = Object.keys(sparsifiers) as [SparsifierId, ...SparsifierId[]];
