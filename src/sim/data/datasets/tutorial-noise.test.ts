import { expect, test } from 'vitest';
import { Rng } from '../../random.ts';
import { tutorialTask } from '../../testing/models.ts';
import { tutorialNoise } from './tutorial-noise.ts';

const { features: FEATURES, classes: CLASSES } = tutorialTask;

const mix = new Float64Array(CLASSES).fill(1 / CLASSES);

test('labels say nothing about features: no correlation beyond chance', async () => {
  const source = await tutorialNoise.open({
    devices: 1,
    rng: new Rng('noise'),
    settings: {},
    readAsset: async () => '',
  });
  const { features, labels } = source.take(1, { samples: 20_000, mix, ownGroup: false });
  for (let column = 0; column < FEATURES; column++) {
    for (let label = 0; label < CLASSES; label++) {
      let sum = 0;
      labels.forEach((own, i) => {
        if (own === label) sum += features[i * FEATURES + column];
      });
      // The mean of 4000 standard normals stays within 4 standard errors: 4/√4000.
      expect(Math.abs(sum / 4000)).toBeLessThan(4 / Math.sqrt(4000));
    }
  }
});

test('features are standard normal', async () => {
  const source = await tutorialNoise.open({
    devices: 1,
    rng: new Rng('noise'),
    settings: {},
    readAsset: async () => '',
  });
  const { features } = source.test;
  const mean = features.reduce((a, b) => a + b, 0) / features.length;
  const variance = features.reduce((a, b) => a + b * b, 0) / features.length;
  expect(mean).toBeCloseTo(0, 1);
  expect(variance).toBeCloseTo(1, 1);
});
