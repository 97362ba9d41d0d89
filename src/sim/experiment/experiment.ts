// The experiment: every setting and the seed. One schema gives types, defaults, ranges, units, help and errors; the
// controls on the screen, the headless run and links all read it. Its parts are in sections/.

import * as z from 'zod/mini';
import { aggregation } from './sections/aggregation.ts';
import { compression } from './sections/compression.ts';
import { data } from './sections/data.ts';
import { fleet } from './sections/fleet.ts';
import { families, model } from './sections/model.ts';
import { network } from './sections/network.ts';
import { power } from './sections/power.ts';
import { pruning } from './sections/pruning.ts';
import { selection } from './sections/selection.ts';
import { subModels } from './sections/sub-models.ts';
import { training } from './sections/training.ts';
import { integer, number, percent, type Setting, settingsOf } from './settings.ts';

export const experimentSchema = z.strictObject({
  seed: integer({
    default: 1,
    min: 0,
    max: 4_294_967_295,
    step: 1,
    label: 'Seed',
    help: 'The same experiment and seed give the same records.',
    live: false,
  }),
  rounds: integer({
    default: 100,
    min: 1,
    max: 10_000,
    step: 1,
    scale: 'log',
    unit: 'rounds',
    label: 'Rounds',
    help: 'Rounds after which the run ends.',
    live: true,
  }),
  targetAccuracy: number({
    default: 0,
    min: 0,
    max: 1,
    step: 0.005,
    ...percent,
    zero: 'none',
    label: 'Target accuracy',
    help: 'The run ends with the first round whose test accuracy reaches this; 0 %: after all rounds.',
    live: true,
  }),
  data: z.prefault(data, {}),
  model: z.prefault(model, {}),
  families: z.prefault(families, {}),
  training: z.prefault(training, {}),
  aggregation: z.prefault(aggregation, {}),
  selection: z.prefault(selection, {}),
  compression: z.prefault(compression, {}),
  pruning: z.prefault(pruning, {}),
  subModels: z.prefault(subModels, {}),
  network: z.prefault(network, {}),
  power: z.prefault(power, {}),
  fleet: z.prefault(fleet, {}),
});

export type Experiment = z.output<typeof experimentSchema>;

/** Every setting of the experiment by its path, in the order of the schema. */
export const settings: ReadonlyMap<string, Setting> = settingsOf(experimentSchema);

export const defaultExperiment: Experiment = experimentSchema.parse({});
