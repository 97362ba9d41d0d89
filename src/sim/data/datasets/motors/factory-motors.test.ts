import { expect, test } from 'vitest';
import { Rng } from '../../../random.ts';
import { tutorialTask } from '../../../testing/models.ts';
import { classCounts } from '../../class-counts.ts';
import type { DataSource, LabelledData } from '../../dataset.ts';
import { factoryMotors } from './factory-motors.ts';

const { features: FEATURES, classes: CLASSES } = tutorialTask;

const open = (devices: number, seed = 'factory'): Promise<DataSource> =>
  factoryMotors.open({ devices, rng: new Rng(seed), settings: {}, readAsset: async () => '' });
const even = new Float64Array(CLASSES).fill(1 / CLASSES);
const own = { samples: 100, mix: even, ownGroup: true };

/** Assigns every test sample to the nearest class mean of the training data: the simplest learner there is. */
function nearestMean(train: readonly LabelledData[], held: LabelledData): number {
  const means = new Float64Array(CLASSES * FEATURES);
  const counts = new Float64Array(CLASSES);
  for (const { features, labels } of train) {
    labels.forEach((label, i) => {
      counts[label]++;
      for (let j = 0; j < FEATURES; j++) means[label * FEATURES + j] += features[i * FEATURES + j];
    });
  }
  let right = 0;
  held.labels.forEach((label, i) => {
    const distances = Array.from(counts, (count, k) => {
      let sum = count > 0 ? 0 : Number.POSITIVE_INFINITY;
      for (let j = 0; j < FEATURES; j++)
        sum += (held.features[i * FEATURES + j] - means[k * FEATURES + j] / count) ** 2;
      return sum;
    });
    if (distances.indexOf(Math.min(...distances.filter(Number.isFinite))) === label) right++;
  });
  return right / held.labels.length;
}

test('the test set has 1000 windows, every class alike', async () => {
  for (const devices of [1, 7, 30, 200, 1000]) {
    const { test: held } = await open(devices);
    expect([...classCounts(held, CLASSES)]).toEqual([200, 200, 200, 200, 200]);
  }
});

test('pooled levels are of about unit size in every band', async () => {
  const { features } = (await open(30)).test;
  for (let band = 0; band < FEATURES; band++) {
    const values = features.filter((_, i) => i % FEATURES === band);
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    const spread = Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length);
    expect(Math.abs(mean)).toBeLessThan(1.5);
    expect(spread).toBeGreaterThan(0.25);
    expect(spread).toBeLessThan(1.5);
  }
});

test('a device keeps its windows whatever the size of the fleet', async () => {
  expect((await open(5)).take(3, own)).toEqual((await open(50)).take(3, own));
});

test('no window of the test set was ever trained on', async () => {
  const source = await open(10);
  const rows = (data: LabelledData) =>
    Array.from(data.labels, (_, i) => data.features.slice(i * 16, i * 16 + 16).join());
  const held = new Set(rows(source.test));
  for (let id = 1; id <= 10; id++) for (const row of rows(source.take(id, own))) expect(held.has(row)).toBe(false);
});

test('there is a signal to learn, and one machine alone tells less about the others than all together', async () => {
  const source = await open(30);
  const devices = Array.from({ length: 30 }, (_, i) => source.take(i + 1, own));
  const together = nearestMean(devices, source.test);
  const alone = devices.map((data) => nearestMean([data], source.test)).reduce((a, b) => a + b, 0) / devices.length;
  expect(together).toBeGreaterThan(0.7);
  expect(alone).toBeLessThan(together - 0.1);
});

test('windows from every machine carry over better to the others than windows from one', async () => {
  const source = await open(30);
  const ids = [1, 2, 3, 4, 5, 6];
  const mean = (ownGroup: boolean) =>
    ids.reduce((sum, id) => sum + nearestMean([source.take(id, { ...own, ownGroup })], source.test), 0) / ids.length;
  expect(mean(false)).toBeGreaterThan(mean(true) + 0.05);
});

test('thirty devices and the test set are there in the blink of an eye', async () => {
  const start = performance.now();
  const source = await open(30);
  for (let id = 1; id <= 30; id++) source.take(id, own);
  // Measured: about 0.1 s on one core. The bound leaves room for a busy machine and still catches a real slip.
  expect(performance.now() - start).toBeLessThan(3000);
});
