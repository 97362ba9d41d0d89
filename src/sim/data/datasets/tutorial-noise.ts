// The tutorial's own data: 16 standard normal features and a label that has nothing to do with them (its
// generate_iot_data). Kept to show that no federation learns what is not there: with five classes 20 % is the ceiling.

import type { Rng } from '../../random.ts';
import { largestRemainder, sortedLabels } from '../class-counts.ts';
import type { DataSource, Dataset, DatasetContext, LabelledData } from '../dataset.ts';
import { chanceLevel, namedTask } from '../task.ts';

const TEST_SAMPLES = 1000;

const task = namedTask(
  Array.from({ length: 16 }, (_, index) => `noise ${index + 1}`),
  ['class 0', 'class 1', 'class 2', 'class 3', 'class 4'],
);

/** Shuffled labels in the given proportions, and features drawn without looking at them. */
function draw(samples: number, mix: Float64Array, rng: Rng): LabelledData {
  const ordered = sortedLabels(largestRemainder(samples, mix));
  const labels = Uint8Array.from(rng.split('labels').permutation(samples), (index) => ordered[index]);
  const values = rng.split('features');
  return { features: Float32Array.from({ length: samples * task.features }, () => values.normal()), labels };
}

async function open({ rng }: DatasetContext): Promise<DataSource> {
  const prior = new Float64Array(task.classes).fill(1 / task.classes);
  return {
    prior,
    samplesPerDeviceLimit: Number.POSITIVE_INFINITY,
    unlabelled: (samples) => draw(samples, prior, rng.split('public')).features,
    take: (deviceId, share) => draw(share.samples, share.mix, rng.split('device', deviceId)),
    test: draw(TEST_SAMPLES, prior, rng.split('test')),
  };
}

export const tutorialNoise: Dataset = {
  id: 'tutorial-noise',
  label: 'Tutorial noise',
  help:
    'Random numbers with random labels, as in the tutorial this playground grew from. There is nothing to learn: every ' +
    `model stays at about ${100 * chanceLevel(task)}\u00a0%, whatever its training loss says.`,
  settings: {},
  nature: 'random',
  source: { text: 'Tutorial 198, Federated Learning for IoT and Edge Computing, generate_iot_data' },
  task,
  groupName: 'device',
  open,
};
