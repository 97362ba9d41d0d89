// A valid experiment never ends in an exception, nor in numbers that are none: what diverges is marked, and the run goes on.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countWithStatus, hasDiverged, type RoundRecord } from '../record/record.ts';
import { checkedRun } from '../testing/checked-run.ts';
import { anyRun } from '../testing/random-experiments.ts';
import { trivialTrainer } from '../testing/trivial-trainer.ts';
import type { LocalTrainer } from '../trainer.ts';
import { parseExperiment } from './parse-experiment.ts';

/** A learner that now and then goes wrong in each of the ways in which training can. */
const wildTrainer: LocalTrainer = {
  ...trivialTrainer,
  train: async (cohort) => {
    const results = await trivialTrainer.train(cohort);
    return results.map((result, index) => {
      const rng = cohort.members[index].rng.split('wild');
      const size = [1, 1, 1, 1e3, 1e8, 1e12, 3e38, Number.POSITIVE_INFINITY, Number.NaN][rng.integer(9)];
      if (size === 1) return result;
      const { start, mask } = cohort.members[index];
      const weights = start.map((weight, i) => (mask?.[i] === 0 ? weight : weight + size * (rng.uniform() - 0.5)));
      return { ...result, weights, loss: size, stepLosses: result.stepLosses.map(() => size) };
    });
  },
  // As floats do it: what is too large for them is infinite, and no probability comes of that.
  predict: async (model, weights, features, temperature) => {
    const probabilities = await trivialTrainer.predict(model, weights, features, temperature);
    return weights.some((weight) => Math.abs(weight) > 1e8) ? probabilities.map(() => Number.NaN) : probabilities;
  },
  distil: async (request) => {
    const result = await trivialTrainer.distil(request);
    const isWrong = request.rng.split('wild').integer(4) === 0;
    return isWrong ? { weights: result.weights.map(() => Number.NaN), loss: Number.NaN } : result;
  },
};

/** Settings with which models grow without end. */
const growing = [
  { path: 'compression.payload', value: 'weights' },
  { path: 'compression.device.sparsify', value: 'random-k' },
  { path: 'compression.gateway.sparsify', value: 'random-k' },
  { path: 'compression.fog.sparsify', value: 'random-k' },
  { path: 'compression.down.sparsify', value: 'random-k' },
  { path: 'compression.down.difference', value: true },
  { path: 'compression.device.feedback', value: true },
  { path: 'compression.device.keep', value: 0.001 },
  { path: 'compression.down.keep', value: 0.001 },
  { path: 'aggregation.gatewayRounds', value: 3 },
  { path: 'aggregation.fogRounds', value: 3 },
  { path: 'aggregation.serverLearningRate', value: 2 },
  { path: 'aggregation.mode', value: 'fed-async' },
  { path: 'aggregation.mode', value: 'fed-buff' },
  { path: 'families.assignment', value: 'by-rule' },
  { path: 'pruning.sparsity', value: 0.9 },
  { path: 'pruning.begin', value: 2 },
  { path: 'subModels.keep', value: 0.5 },
];

test('any experiment runs to its end, whatever diverges in it', async () => {
  await fc.assert(
    fc.asyncProperty(anyRun(growing), async (run) => {
      expect((await checkedRun(run, wildTrainer)).length).toBeGreaterThan(0);
    }),
    { numRuns: 60 },
  );
}, 60_000);

test('any experiment that nobody edits runs to its end, and batteries rise only on a charger', async () => {
  await fc.assert(
    fc.asyncProperty(anyRun(), async ({ experiment }) => {
      expect((await checkedRun({ experiment, edits: [] }, trivialTrainer)).length).toBeGreaterThan(0);
    }),
    { numRuns: 60 },
  );
}, 60_000);

const fleet = { fogs: 1, gatewaysPerFog: 2, devicesPerGateway: 2 };
const small = { dataset: 'tutorial-noise', samplesPerDevice: 12 };

/** A learner whose every update is just not too large to be one. */
const largeTrainer: LocalTrainer = {
  ...trivialTrainer,
  train: async (cohort) =>
    (await trivialTrainer.train(cohort)).map((result, index) => ({
      ...result,
      weights: cohort.members[index].start.map((weight) => weight + 9e8),
    })),
};

const scaledUp = { sparsify: 'random-k', keep: 0.1 };
const diverge = (record: RoundRecord) => countWithStatus(record, 'diverged');

test.each([
  ['a device’s codec scales up', { compression: { device: scaledUp } }, 4, false],
  ['a gateway’s', { compression: { gateway: scaledUp } }, 4, false],
  ['a fog’s', { compression: { fog: scaledUp } }, 4, false],
  ['a device’s that sends weights', { compression: { payload: 'weights', device: scaledUp } }, 4, false],
  ['the cloud’s step', { aggregation: { serverLearningRate: 2 } }, 0, true],
  ['the step after a buffer', { aggregation: { mode: 'fed-buff', buffer: 4, serverLearningRate: 2 } }, 0, true],
  ['mixing in one model after another', { aggregation: { mode: 'fed-async', buffer: 12, mixing: 1 } }, 0, true],
] as const)(
  'what leaves the numbers is thrown away and marked, and the run goes on: %s',
  async (_, own, devices, model) => {
    const experiment = parseExperiment({ data: small, fleet, rounds: 3, ...own });
    const records = await checkedRun({ experiment, edits: [] }, largeTrainer);
    expect(records).toHaveLength(3);
    expect(diverge(records[2])).toBe(devices);
    expect(records.some(hasDiverged)).toBe(model);
  },
);

test('families that distillation makes unusable stay as they were, and are marked', async () => {
  const wrong: LocalTrainer = {
    ...trivialTrainer,
    distil: async ({ model, start }) => ({
      weights: model.kind === 'micro-cnn' ? start.map(() => Number.NaN) : start,
      loss: 1,
    }),
  };
  const experiment = parseExperiment({ data: small, fleet, rounds: 2, families: { assignment: 'by-rule' } });
  for (const { families } of await checkedRun({ experiment, edits: [] }, wrong)) {
    expect(families.map(({ kind, diverged }) => [kind, diverged])).toEqual([
      ['tiny-mlp', false],
      ['micro-cnn', true],
    ]);
    expect(families[1].distillation).toBeNaN();
    expect(Number.isFinite(families[1].loss)).toBe(true);
  }
});
