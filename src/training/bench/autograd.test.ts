import { describe, expect, it } from 'vitest';
import { initialWeights, type ModelSpec } from '../../sim/model/models.ts';
import { Rng } from '../../sim/random.ts';
import { logisticRegression, microCnn, tinyMlp } from '../../sim/testing/models.ts';
import type { Cohort } from '../../sim/trainer.ts';
import { nodeWasmPaths } from '../node-wasm-paths.ts';
import { createTrainer } from '../trainer.ts';
import { trainByAutograd } from './autograd.ts';
import { benchCohort } from './bench-cohort.ts';

const task = { features: 60, classes: 10 };
const models = [
  { name: 'TinyMLP', model: tinyMlp(32, 0) },
  { name: 'MicroCNN', model: microCnn() },
  { name: 'logistic regression', model: logisticRegression() },
  { name: 'one hidden layer', model: tinyMlp([9], 0, 0, { features: 1, classes: 2 }) },
  { name: 'four hidden layers', model: tinyMlp([20, 7, 12, 5], 0, 0, task) },
  { name: 'logistic regression of 60 features', model: logisticRegression(0, task) },
  // Its pool's windows overlap where 4 does not divide the positions.
  ...[3, 5, 6, 7, 60].map((features) => ({
    name: `MicroCNN of ${features} features`,
    model: microCnn(0, { features, classes: 3 }),
  })),
];

/** Five devices with 37 samples at 16: the last mini-batch of an epoch is short. */
function cohortOf(model: ModelSpec): Cohort {
  const start = initialWeights(model, new Rng('start'));
  const members = [1, 2, 3, 4, 5].map((device) => {
    const rng = new Rng('device').split(device);
    const features = Float32Array.from({ length: 37 * model.features }, () => rng.between(-1, 1));
    const labels = Uint8Array.from({ length: 37 }, () => rng.integer(model.classes));
    return { data: { features, labels }, start, epochs: 1, rng };
  });
  return { ...benchCohort(), model, members };
}

describe.each(['wasm', 'cpu'] as const)('on %s', (backend) => {
  it.each(models)('the gradients of $name, written by hand, are those of TensorFlow.js', async ({ model }) => {
    const trainer = await createTrainer(backend, { wasmPaths: nodeWasmPaths() });
    const cohort = cohortOf(model);
    const stacked = await trainer.train(cohort);
    const automatic = await trainByAutograd(cohort);
    stacked.forEach(({ weights }, device) => {
      const start = cohort.members[device].start;
      const furthest = weights.reduce((most, value, i) => Math.max(most, Math.abs(value - automatic[device][i])), 0);
      const moved = weights.reduce((most, value, i) => Math.max(most, Math.abs(value - start[i])), 0);
      expect(moved).toBeGreaterThan(1e-3);
      expect(furthest).toBeLessThan(2e-6);
    });
  });
});
