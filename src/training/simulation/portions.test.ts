// Pruning and sub-models with real training: what the cloud aggregates, and what they cost in accuracy on Factory motors.

import { beforeAll, describe, expect, it } from 'vitest';
import { massOf } from '../../sim/aggregators/aggregator.ts';
import { bySamples } from '../../sim/aggregators/by-samples.ts';
import { openFederation } from '../../sim/data/federation.ts';
import { run } from '../../sim/engine/run.ts';
import { parseExperiment } from '../../sim/experiment/parse-experiment.ts';
import { masked } from '../../sim/model/masks.ts';
import { modelSpecOf } from '../../sim/model/model-specs.ts';
import { initialWeights } from '../../sim/model/models.ts';
import { drawSubModel } from '../../sim/model/sub-models.ts';
import type { RoundRecord } from '../../sim/record/record.ts';
import { bytesUpOf } from '../../sim/record/record.ts';
import type { LocalTrainer } from '../../sim/trainer.ts';
import { nodeWasmPaths } from '../node-wasm-paths.ts';
import { createTrainer } from '../trainer.ts';

const readAsset = async () => '';
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

let trainer: LocalTrainer;
beforeAll(async () => {
  trainer = await createTrainer('wasm', { wasmPaths: nodeWasmPaths() });
});

/** The records of a run, and the global model after each round. */
async function runWith(settings: object): Promise<{ records: RoundRecord[]; models: Float32Array[] }> {
  const models: Float32Array[] = [];
  const records: RoundRecord[] = [];
  const watching: LocalTrainer = {
    ...trainer,
    evaluate: async (model, weights, data) => {
      models.push(weights);
      return trainer.evaluate(model, weights, data);
    },
  };
  for await (const record of run(parseExperiment(settings), watching, { readAsset })) records.push(record);
  return { records, models };
}

const zerosOf = (weights: Float32Array) => weights.filter((weight) => weight === 0).length;

it.each(['tiny-mlp', 'micro-cnn'])(
  'pruned weights of %s stay exactly zero through training and averaging',
  async (kind) => {
    const fleet = { mix: ['raspberry-pi'] };
    const pruning = { sparsity: 0.8, begin: 2, ramp: 3 };
    const { models } = await runWith({ rounds: 8, model: { kind }, fleet, pruning });
    const zeros = models.map(zerosOf);
    expect(zeros[0]).toBe(0);
    expect(zeros[2]).toBeLessThan(zeros[3]);
    const whole = kind === 'tiny-mlp' ? 409 + 819 + 128 : 19 + 307 + 256;
    expect(zeros.slice(4)).toEqual([whole, whole, whole, whole]);
    expect(models[7]).not.toEqual(models[6]);
  },
);

it('families that distil keep their own masks', async () => {
  const pruning = { sparsity: 0.8, begin: 1, ramp: 0 };
  const { models } = await runWith({ rounds: 3, families: { assignment: 'by-rule' }, pruning });
  // Two models are evaluated a round.
  expect(models.map(zerosOf)).toEqual([0, 1, 2].flatMap(() => models.slice(0, 2).map(zerosOf)));
  expect(Math.min(...models.map(zerosOf))).toBe(19 + 307 + 256);
});

it('the hierarchy averages sub-models as flat FedAvg over the holders of each weight', async () => {
  const settings = { rounds: 1, subModels: { keep: 0.5 }, model: { dropout: 0 } };
  const experiment = parseExperiment(settings);
  const { models } = await runWith(settings);
  const { data, rng } = await openFederation(experiment, readAsset);
  const model = modelSpecOf(experiment.model.kind, experiment);
  const all = initialWeights(model, rng.split('model'));
  const masks = [...data.keys()].map(
    (number) => drawSubModel(model, 0.5, rng.split('sub-model', `device-${number}`, 1)).mask,
  );
  const members = [...data].map(([number, held], index) => ({
    data: held,
    start: masked(all, masks[index]),
    epochs: 1,
    mask: masks[index],
    rng: rng.split('train', `device-${number}`, 1, 1),
  }));
  const { learningRate, batchSize } = experiment.training;
  const results = await trainer.train({ model, learningRate, batchSize, unitScales: [2, 2], members });
  const updates = results.map(({ weights }, index) => {
    const samples = members[index].data.labels.length;
    const values = weights.map((weight, i) => weight - members[index].start[i]);
    return { values, samples, mass: massOf(masks[index], samples) };
  });
  const { values } = bySamples.combine(updates, {});
  const gaps = models[0].map((weight, i) => Math.abs(weight - all[i] - values[i]));
  expect(Math.max(...gaps)).toBeLessThan(1e-5);
});

/** Real training, some seconds of a processor for each variant: on a busy machine many times as long. */
const PATIENCE = 240_000; // milliseconds

describe('on Factory motors, over 5 seeds', { timeout: PATIENCE }, () => {
  /** Accuracy over the last five rounds, and bytes up in the last, each a mean over the seeds. */
  async function atTheEnd(settings: object): Promise<{ accuracy: number; bytes: number }> {
    const ends: { accuracy: number; bytes: number }[] = [];
    for (const seed of [1, 2, 3, 4, 5]) {
      const { records } = await runWith({ seed, rounds: 60, ...settings });
      const accuracy = mean(records.slice(-5).map(({ evaluation }) => evaluation.accuracy));
      ends.push({ accuracy, bytes: bytesUpOf(records[59]) });
    }
    return { accuracy: mean(ends.map(({ accuracy }) => accuracy)), bytes: mean(ends.map(({ bytes }) => bytes)) };
  }

  let plain: Awaited<ReturnType<typeof atTheEnd>>;
  beforeAll(async () => {
    plain = await atTheEnd({});
  }, PATIENCE);

  it('pruning half costs under 2 points and half the bytes, 90 % visibly more', async () => {
    const half = await atTheEnd({ pruning: { sparsity: 0.5 } });
    const most = await atTheEnd({ pruning: { sparsity: 0.9 } });
    expect(plain.accuracy - half.accuracy).toBeLessThan(0.02);
    expect(plain.accuracy - most.accuracy).toBeGreaterThan(0.03);
    expect(plain.bytes / half.bytes).toBeGreaterThan(1.9);
    expect(plain.bytes / most.bytes).toBeGreaterThan(7);
  });

  it('sub-models of half the units cost under 2 points if they are scaled, and visibly more if not', async () => {
    const scaled = await atTheEnd({ subModels: { keep: 0.5 } });
    const bare = await atTheEnd({ subModels: { keep: 0.5, scale: false } });
    expect(plain.accuracy - scaled.accuracy).toBeLessThan(0.02);
    expect(scaled.accuracy - bare.accuracy).toBeGreaterThan(0.02);
    expect(plain.bytes / scaled.bytes).toBeGreaterThan(1.2);
  });
});
