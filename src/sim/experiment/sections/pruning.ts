// Pruning on a schedule.

import * as z from 'zod/mini';
import { integer, number, percent } from '../settings.ts';

export const pruning = z.strictObject({
  sparsity: number({
    default: 0,
    min: 0,
    max: 0.95,
    step: 0.05,
    ...percent,
    label: 'Pruned',
    help: 'Share of each weight matrix that is set to zero, the smallest first; devices train and send only the rest.',
    live: true,
  }),
  begin: integer({
    default: 5,
    min: 1,
    max: 10_000,
    step: 1,
    scale: 'log',
    unit: 'rounds',
    label: 'Pruning begins',
    help: 'The round from which the share of pruned weights grows.',
    live: true,
  }),
  ramp: integer({
    default: 20,
    min: 0,
    max: 10_000,
    step: 1,
    scale: 'log',
    unit: 'rounds',
    label: 'Pruning ramp',
    help: 'Rounds until the whole share is pruned: fast at first, then ever slower (Zhu & Gupta 2017).',
    live: true,
  }),
});
