// Sub-models: federated dropout, scaled as HeteroFL does.

import * as z from 'zod/mini';
import { number, percent, toggle } from '../settings.ts';

export const subModels = z.strictObject({
  keep: number({
    default: 1,
    min: 0.25,
    max: 1,
    step: 0.05,
    ...percent,
    label: 'Sub-model',
    help: 'Share of the hidden units or filters that a device trains in a round, drawn at random: federated dropout (Caldas 2018).',
    live: true,
  }),
  scale: toggle({
    default: true,
    label: 'Scale sub-models',
    help: 'While a sub-model trains, its hidden outputs are divided by the share that it keeps, as the whole model will sum them: HeteroFL (Diao 2021).',
    live: true,
  }),
});
