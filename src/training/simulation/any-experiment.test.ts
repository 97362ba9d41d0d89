// Random valid experiments with the real learner: none ends in an exception, nor in numbers that are none.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseExperiment } from '../../sim/experiment/parse-experiment.ts';
import { hasDiverged } from '../../sim/record/record.ts';
import { checkedRun } from '../../sim/testing/checked-run.ts';
import { anyRun } from '../../sim/testing/random-experiments.ts';
import { createTrainer } from '../trainer.ts';

const trainer = await createTrainer('cpu');

/** Settings with which training or its messages leave the numbers. */
const wild = [
  { path: 'training.learningRate', value: 1 },
  { path: 'compression.payload', value: 'weights' },
  { path: 'compression.device.sparsify', value: 'random-k' },
  { path: 'compression.down.sparsify', value: 'random-k' },
  { path: 'aggregation.mode', value: 'fed-async' },
  { path: 'aggregation.mode', value: 'fed-buff' },
  { path: 'families.assignment', value: 'by-rule' },
  { path: 'model.rank', value: 2 },
];

test('any experiment runs to its end, whatever diverges in it', async () => {
  await fc.assert(
    fc.asyncProperty(anyRun(wild), async (run) => {
      expect((await checkedRun(run, trainer)).length).toBeGreaterThan(0);
    }),
    { numRuns: 12 },
  );
}, 180_000);

test('weights that random-k multiplies on every link diverge in both families, and the run goes on', async () => {
  const sparse = { sparsify: 'random-k' };
  const experiment = parseExperiment({
    data: { dataset: 'tutorial-noise', samplesPerDevice: 10 },
    rounds: 12,
    families: { assignment: 'by-rule', publicSamples: 32 },
    compression: { payload: 'weights', device: sparse, down: sparse },
    fleet: { gatewaysPerFog: 1, devicesPerGateway: 4 },
  });
  const records = await checkedRun({ experiment, edits: [] }, trainer);
  expect(records).toHaveLength(12);
  expect(records.some(hasDiverged)).toBe(true);
}, 60_000);
