// What the devices hold: the data set, and how its samples are spread.

import * as z from 'zod/mini';
import { datasets, defaultDataset } from '../../data/datasets/index.ts';
import { defaultPartition, partitions } from '../../data/partition/index.ts';
import { choice, integer, listOf, number, toggle } from '../settings.ts';

const datasetChoice = choice(listOf(datasets), {
  default: defaultDataset,
  label: 'Data set',
  help: 'What the devices sense and what the model learns to tell apart.',
  live: false,
});

export const data = z.strictObject({
  dataset: datasetChoice,
  partition: choice(listOf(partitions), {
    default: defaultPartition,
    label: 'Partition',
    help: 'How the samples are spread over the devices.',
    live: false,
  }),
  alpha: number({
    default: 0.5,
    min: 0.001,
    max: 10_000,
    step: 0.001,
    scale: 'log',
    label: 'Label skew, Dirichlet α',
    help: 'Small: each device sees one or two classes. Large: every device sees them all.',
    live: false,
  }),
  classesPerDevice: integer({
    default: 2,
    min: 1,
    max: 5,
    step: 1,
    label: 'Classes per device',
    help: 'Each device holds samples of this many classes only.',
    live: false,
  }),
  quantityBeta: number({
    default: 0.5,
    min: 0.001,
    max: 10_000,
    step: 0.001,
    scale: 'log',
    label: 'Quantity skew, Dirichlet β',
    help: 'Small: a few devices hold most samples. Large: all hold as many.',
    live: false,
  }),
  ownGroup: toggle({
    default: true,
    label: 'Own machine or city only',
    help: 'On: a device senses its own machine (or city). Off: samples of every machine are mixed.',
    live: false,
  }),
  samplesPerDevice: integer({
    default: 100,
    min: 10,
    max: 5000,
    step: 10,
    scale: 'log',
    unit: 'samples',
    label: 'Samples per device',
    help: 'Training samples that a device holds, where the data set has as many.',
    live: false,
  }),
});
