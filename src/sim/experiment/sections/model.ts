// The model, and families of models where devices differ.

import * as z from 'zod/mini';
import { modelKinds, modelLabels } from '../../model/models.ts';
import { choice, integer, number, percent, toggle } from '../settings.ts';

export const model = z.strictObject({
  kind: choice(
    modelKinds.map((id) => ({ id, label: modelLabels[id] })),
    {
      default: 'tiny-mlp',
      label: 'Model',
      help: 'TinyMLP: three dense layers. MicroCNN: two small convolutions; fewer bytes, more computing.',
      live: false,
    },
  ),
  hidden: integer({
    default: 32,
    min: 4,
    max: 128,
    step: 4,
    unit: 'units',
    label: 'Hidden units',
    help: 'Width of both hidden layers. More units: more bytes, memory and time.',
    live: false,
  }),
  dropout: number({
    default: 0.1,
    min: 0,
    max: 0.5,
    step: 0.05,
    label: 'Dropout',
    unit: '%',
    shownTimes: 100,
    help: 'Share of hidden units left out at random in each training step.',
    live: true,
  }),
  rank: integer({
    default: 0,
    min: 0,
    max: 16,
    step: 1,
    label: 'Rank of dense layers',
    help: 'Each dense layer as the product of two narrow ones of this rank, where that is smaller; at 0, whole matrices.',
    live: false,
  }),
});

export const families = z.strictObject({
  assignment: choice(
    [
      { id: 'one', label: 'One for all' },
      { id: 'by-rule', label: 'By device' },
    ],
    {
      default: 'one',
      label: 'Models',
      help: 'By device: MicroCNN where memory, processor and battery allow, else TinyMLP; families are averaged apart.',
      live: false,
    },
  ),
  cpuFloor: number({
    default: 90,
    min: 0.01,
    max: 10_000,
    step: 0.01,
    scale: 'log',
    unit: 'MMAC/s',
    label: 'Processor for MicroCNN',
    help: 'A device computes MicroCNN, which costs four times as much, only if it is at least this fast.',
    live: true,
  }),
  batteryFloor: number({
    default: 0.2,
    min: 0,
    max: 1,
    step: 0.05,
    ...percent,
    label: 'Battery for MicroCNN',
    help: 'Below this charge a device takes TinyMLP.',
    live: true,
  }),
  distil: toggle({
    default: true,
    label: 'Distillation at the cloud',
    help: 'The cloud keeps the families in step: each learns from all of them together on public, unlabelled samples.',
    live: true,
  }),
  temperature: number({
    default: 2,
    min: 1,
    max: 10,
    step: 0.5,
    label: 'Temperature',
    help: 'Softens the teacher’s answers: higher shows more of what it thinks of the other classes.',
    live: true,
  }),
  weight: number({
    default: 0.5,
    min: 0,
    max: 1,
    step: 0.05,
    ...percent,
    label: 'Weight of the ensemble',
    help: 'The teacher is this much all families together, and for the rest the family itself.',
    live: true,
  }),
  epochs: integer({
    default: 1,
    min: 1,
    max: 10,
    step: 1,
    label: 'Distillation epochs',
    help: 'Passes over the public samples after each round.',
    live: true,
  }),
  samples: integer({
    default: 256,
    min: 32,
    max: 2048,
    step: 32,
    unit: 'samples',
    label: 'Public samples',
    help: 'Unlabelled samples that the cloud has for distillation.',
    live: false,
  }),
});
