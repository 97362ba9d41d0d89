// Local training on a device.

import * as z from 'zod/mini';
import { optimisers } from '../../optimisers/index.ts';
import { choice, integer, number, toggle } from '../settings.ts';
import { choicesOf, settingsOfAll } from '../variants.ts';

export const training = z.strictObject({
  learningRate: number({
    default: 0.1,
    min: 0.0001,
    max: 1,
    step: 0.0001,
    scale: 'log',
    label: 'Learning rate',
    help: 'Size of a device’s step.',
    live: true,
  }),
  batchSize: integer({
    default: 16,
    min: 1,
    max: 128,
    step: 1,
    unit: 'samples',
    label: 'Batch size',
    help: 'Samples per step. A larger batch needs more memory on the device.',
    live: true,
  }),
  localEpochs: integer({
    default: 1,
    min: 1,
    max: 20,
    step: 1,
    label: 'Local epochs',
    help: 'Passes over its own data that a device makes before it uploads.',
    live: true,
  }),
  localSteps: integer({
    default: 0,
    min: 0,
    max: 10_000,
    step: 1,
    scale: 'log',
    unit: 'steps',
    zero: 'by epochs',
    label: 'Local steps',
    help: 'Steps instead of epochs (K in SCAFFOLD): mini-batches go on over shuffled passes. 0: by local epochs.',
    live: true,
  }),
  optimiser: choice(choicesOf(optimisers), {
    default: 'sgd',
    label: 'Local optimiser',
    help: 'How a device turns gradients into steps. What it keeps begins empty each round, and takes memory.',
    live: true,
  }),
  ...settingsOfAll(optimisers),
  weightDecay: number({
    default: 0,
    min: 0,
    max: 0.1,
    step: 0.00001,
    scale: 'log',
    label: 'Weight decay',
    help: 'Adds this × the weights to each gradient (L2 regularisation, as PyTorch’s SGD and Adam).',
    live: true,
  }),
  learningRateDecay: number({
    default: 1,
    min: 0,
    max: 1,
    step: 0.001,
    label: 'Learning rate decay',
    help: 'Round t trains with learning rate × this to the power of t − 1; 1: no decay.',
    live: true,
  }),
  checkpointing: toggle({
    default: false,
    label: 'Gradient checkpointing',
    help: 'Keeps fewer activations and computes them again: less memory, a third more computing.',
    live: true,
  }),
});
