// What the devices hold: the data set, and how its samples are spread.

import * as z from 'zod/mini';
import { datasets, defaultDataset } from '../../data/datasets/index.ts';
import { defaultPartition, partitions } from '../../data/partition/index.ts';
import { choice, integer } from '../settings.ts';
import { choicesOf, settingsOfAll } from '../variants.ts';

const datasetChoice = choice(choicesOf(datasets), {
  default: defaultDataset,
  label: 'Data set',
  help: 'What the devices sense and what the model learns to tell apart.',
  live: false,
});

export const data = z.strictObject({
  dataset: datasetChoice,
  ...settingsOfAll(datasets),
  partition: choice(choicesOf(partitions), {
    default: defaultPartition,
    label: 'Partition',
    help: 'How the samples are spread over the devices.',
    live: false,
  }),
  ...settingsOfAll(partitions),
  samplesPerDevice: integer({
    default: 100,
    min: 10,
    max: 5000,
    step: 10,
    scale: 'log',
    unit: 'samples',
    label: 'Samples per device',
    folded: true,
    help: 'Training samples that a device holds, where the data set has as many.',
    live: false,
  }),
});
