// Which samples each device trains on in which step, and the mini-batches of all devices as one block. As PyTorch's
// DataLoader: every epoch in a new order, and the last mini-batch of an epoch has the remaining samples (100 samples at 16 are 6
// mini-batches of 16 and one of 4). Devices differ in samples and epochs: where one has fewer, its rows are padded with zeros of
// weight zero.

import { sampleCount } from '../../sim/data/dataset.ts';
import type { TaskShape } from '../../sim/data/task.ts';
import type { Mask } from '../../sim/model/masks.ts';
import type { Rng } from '../../sim/random.ts';
import type { Cohort, CohortMember } from '../../sim/trainer.ts';
import { drawDropoutMask } from './dropout.ts';

/** One model and its training data: a device with its labels, or a student with its teacher's probabilities. */
export interface Learner {
  readonly start: Float32Array;
  readonly samples: number;
  /** samples × features. */
  readonly features: Float32Array;
  /** samples × classes: the probabilities to learn, one-hot where the class is known. */
  readonly targets: Float32Array;
  readonly epochs: number;
  /** Steps after which it stops, within its epochs; all of them if left out. */
  readonly steps?: number | undefined;
  /** 1 for the weights that are trained; all are, if left out. */
  readonly mask?: Mask | undefined;
  /** Added to the gradient of each step; nothing, if left out. */
  readonly offset?: Float32Array | undefined;
  readonly rng: Rng;
}

/** One learner in the program: its index along the device axis of every tensor. */
export interface Column {
  /** Its place among the cohort's members. */
  readonly index: number;
  readonly learner: Learner;
  readonly batchSize: number;
  readonly stepsPerEpoch: number;
  readonly steps: number;
  /** The order of the samples in an epoch. */
  readonly orderOf: (epoch: number) => Int32Array;
  readonly dropout: Rng;
}

export function planColumn(learner: Learner, batchSize: number, shuffle = true, index = 0): Column {
  const { samples, epochs, rng } = learner;
  const stepsPerEpoch = Math.ceil(samples / batchSize);
  const steps = Math.min(learner.steps ?? Number.POSITIVE_INFINITY, stepsPerEpoch * epochs);
  // Only the latest order is kept: those of all epochs of many devices would fill the memory.
  let latest: { readonly epoch: number; readonly order: Int32Array } | null = null;
  const orderOf = (epoch: number): Int32Array => {
    if (latest?.epoch === epoch) return latest.order;
    const order = shuffle
      ? rng.split('shuffle', epoch).permutation(samples)
      : Int32Array.from({ length: samples }, (_, sample) => sample);
    latest = { epoch, order };
    return order;
  };
  return { index, learner, batchSize, stepsPerEpoch, steps, orderOf, dropout: rng.split('dropout') };
}

function learnerOf({ data, start, epochs, steps, mask, offset, rng }: CohortMember, classes: number): Learner {
  const samples = sampleCount(data);
  const targets = new Float32Array(samples * classes);
  for (const [sample, label] of data.labels.entries()) targets[sample * classes + label] = 1;
  return { start, samples, features: data.features, targets, epochs, steps, mask, offset, rng };
}

/** SGD steps of each member. */
function stepsOf({ members, batchSize }: Cohort): number[] {
  return members.map(({ data, epochs, steps = Number.POSITIVE_INFINITY }) =>
    Math.min(steps, Math.ceil(sampleCount(data) / batchSize) * epochs),
  );
}

/** The members' indices, longest training first, so that the unfinished devices are always the first columns. */
export function longestFirst(cohort: Cohort): { readonly index: number; readonly steps: number }[] {
  return stepsOf(cohort)
    .map((steps, index) => ({ index, steps }))
    .sort((a, b) => b.steps - a.steps);
}

/** The columns of some members, in the order given. */
export const planColumns = ({ model, members, batchSize, shuffle }: Cohort, indices: readonly number[]): Column[] =>
  indices.map((index) => planColumn(learnerOf(members[index], model.classes), batchSize, shuffle, index));

/** Indices of the samples of one step: none when the device has finished. */
export function sampleIndices(column: Column, step: number): Int32Array {
  if (step >= column.steps) return new Int32Array(0);
  const from = (step % column.stepsPerEpoch) * column.batchSize;
  return column.orderOf(Math.floor(step / column.stepsPerEpoch)).subarray(from, from + column.batchSize);
}

interface Batch {
  /** Rows of the block: the largest mini-batch among the devices. */
  readonly samples: number;
  /** [samples, devices, features]. */
  readonly features: Float32Array;
  /** [samples, devices, classes]: the gradient's scale ÷ the size of the mini-batch for each sample; 0 for padding. */
  readonly rates: Float32Array;
  /** [samples, devices, classes]: the probabilities to learn × the rate. */
  readonly targets: Float32Array;
}

/** Scale and mean are folded into the rates: (softmax · rates − targets) is the logits' scaled gradient, ready to subtract. */
export function makeBatch(
  columns: readonly Column[],
  step: number,
  scale: number,
  { features: width, classes }: TaskShape,
): Batch {
  const devices = columns.length;
  const picked = columns.map((column) => sampleIndices(column, step));
  const samples = Math.max(...picked.map((own) => own.length));
  const features = new Float32Array(samples * width * devices);
  const rates = new Float32Array(samples * devices * classes);
  const targets = new Float32Array(samples * devices * classes);
  columns.forEach(({ learner }, device) => {
    const own = picked[device];
    const rate = scale / own.length;
    for (let row = 0; row < own.length; row++) {
      const from = own[row] * width;
      const to = (row * devices + device) * width;
      for (let f = 0; f < width; f++) features[to + f] = learner.features[from + f];
      const logits = (row * devices + device) * classes;
      const taught = own[row] * classes;
      for (let c = 0; c < classes; c++) {
        rates[logits + c] = rate;
        targets[logits + c] = rate * learner.targets[taught + c];
      }
    }
  });
  return { samples, features, rates, targets };
}

/** Dropout masks of one step, a [samples, devices, units] block for each hidden layer. */
export function makeDropoutMasks(
  columns: readonly Column[],
  step: number,
  samples: number,
  dropout: { readonly units: readonly number[]; readonly rate: number },
): Float32Array[] {
  const { units, rate } = dropout;
  const devices = columns.length;
  const masks = units.map((width) => new Float32Array(samples * devices * width));
  columns.forEach((column, device) => {
    const rows = sampleIndices(column, step).length;
    for (const [layer, mask] of masks.entries()) {
      const width = units[layer];
      for (let row = 0; row < rows; row++)
        drawDropoutMask(mask, (row * devices + device) * width, width, rate, column.dropout);
    }
  });
  return masks;
}
