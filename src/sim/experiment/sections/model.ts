// The model, and families of models where devices differ.

import * as z from 'zod/mini';
import { models } from '../../model/models.ts';
import { choice, integer, number, percent, toggle } from '../settings.ts';
import { choicesOf, settingsOfAll } from '../variants.ts';

export const model = z.strictObject({
  kind: choice(choicesOf(models), {
    default: 'tiny-mlp',
    label: 'Model',
    help: 'What each device trains.',
    live: false,
  }),
  ...settingsOfAll(models),
});

/** Of families, whose settings are in the model's section. */
const kinds = choicesOf(models, 'model');

export const families = z.strictObject({
  assignment: choice(
    [
      { id: 'one', label: 'One for all' },
      { id: 'by-rule', label: 'By device' },
    ],
    {
      default: 'one',
      label: 'Models',
      help: 'By device: the large model where memory, processor and battery allow, else the small one; families are averaged apart.',
      live: false,
    },
  ),
  large: choice(kinds, {
    default: 'micro-cnn',
    label: 'Large model',
    help: 'What devices train whose memory, storage, processor and battery allow it.',
    live: false,
  }),
  small: choice(kinds, {
    default: 'tiny-mlp',
    label: 'Small model',
    help: 'What all other devices train.',
    live: false,
  }),
  cpuFloor: number({
    default: 90,
    min: 0.01,
    max: 10_000,
    step: 0.01,
    scale: 'log',
    unit: 'MMAC/s',
    label: 'Processor for the large model',
    help: 'A device trains the large model only if it computes at least this fast.',
    live: true,
  }),
  batteryFloor: number({
    default: 0.2,
    min: 0,
    max: 1,
    step: 0.05,
    ...percent,
    label: 'Battery for the large model',
    help: 'Below this charge a device takes the small model.',
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
  publicSamples: integer({
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
