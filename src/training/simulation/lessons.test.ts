// What the data sets are tuned to teach, with real training, as means over seeds: a federation knows more than any device alone, and
// all samples in one place know a little more still. What federations reach is published: src/cli/accuracies/accuracies.test.ts.

import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { type LabelledData, sampleCount } from '../../sim/data/dataset.ts';
import { type Federation, openFederation } from '../../sim/data/federation.ts';
import { run } from '../../sim/engine/run.ts';
import { parseExperiment } from '../../sim/experiment/parse-experiment.ts';
import { sampleStatistics } from '../../sim/lab/efficiency/statistics.ts';
import { modelSpecOf } from '../../sim/model/model-specs.ts';
import { initialWeights } from '../../sim/model/models.ts';
import { tutorialTask } from '../../sim/testing/models.ts';
import type { LocalTrainer } from '../../sim/trainer.ts';
import { nodeWasmPaths } from '../node-wasm-paths.ts';
import { createTrainer } from '../trainer.ts';

const { features: FEATURES } = tutorialTask;

const SEEDS = [1, 2, 3];
/** A quarter of the devices is enough for the mean of what one alone learns. */
const ALONE = 8;

const weather = new URL('../../../node_modules/vega-datasets/data/weather.csv', import.meta.url);
const readAsset = () => readFile(weather, 'utf8');
const open = (experiment: object) => openFederation(parseExperiment(experiment), readAsset);
const mean = (values: readonly number[]) => sampleStatistics(values).mean;

let trainer: LocalTrainer;
beforeAll(async () => {
  trainer = await createTrainer('wasm', { wasmPaths: nodeWasmPaths() });
});

/** Test accuracy of a federation, mean of its last five rounds. */
async function federated(experiment: object): Promise<number> {
  const accuracies: number[] = [];
  for await (const { evaluation } of run(parseExperiment(experiment), trainer, { readAsset }))
    accuracies.push(evaluation.accuracy);
  return mean(accuracies.slice(-5));
}

function pooled(sets: readonly LabelledData[]): LabelledData {
  const total = sets.reduce((sum, set) => sum + sampleCount(set), 0);
  const features = new Float32Array(total * FEATURES);
  const labels = new Uint8Array(total);
  let at = 0;
  for (const set of sets) {
    features.set(set.features, at * FEATURES);
    labels.set(set.labels, at);
    at += sampleCount(set);
  }
  return { features, labels };
}

/** Test accuracies of models that were trained on these data, each on its own. */
async function trainedOn(
  federation: Federation,
  sets: readonly LabelledData[],
  epochs: number,
  batchSize: number,
  learningRate: number,
): Promise<number[]> {
  const model = modelSpecOf(federation.experiment.model.kind, federation.experiment);
  const start = initialWeights(model, federation.rng.split('model'));
  const members = sets.map((data, index) => ({ data, start, epochs, rng: federation.rng.split('alone', index) }));
  const results = await trainer.train({ model, learningRate, batchSize, members });
  const accuracies: number[] = [];
  for (const { weights } of results)
    accuracies.push((await trainer.evaluate(model, weights, federation.source.test)).accuracy);
  return accuracies;
}

describe('over three seeds, Factory motors', () => {
  it('is learnt best by a model that sees all samples, nearly as well together, and by no device alone', async () => {
    const central: number[] = [];
    const together: number[] = [];
    const alone: number[][] = [];
    for (const seed of SEEDS) {
      const federation = await open({ seed });
      const sets = [...federation.data.values()];
      central.push(...(await trainedOn(federation, [pooled(sets)], 30, 32, 0.2)));
      alone.push(await trainedOn(federation, sets.slice(0, ALONE), 60, 16, 0.1));
      together.push(await federated({ seed, rounds: 60 }));
    }
    expect(mean(central)).toBeGreaterThan(0.92);
    expect(mean(together)).toBeGreaterThan(0.85);
    expect(mean(together)).toBeLessThan(mean(central));
    expect(mean(alone.flat())).toBeLessThan(0.65);
    for (const [index, accuracies] of alone.entries()) expect(together[index]).toBeGreaterThan(Math.max(...accuracies));
  });
});

describe('over three seeds, Weather stations', () => {
  it('lets a good model reach 82 to 88 %, all samples in one place', async () => {
    const central: number[] = [];
    for (const seed of SEEDS) {
      const federation = await open({ seed, data: { dataset: 'weather-stations' } });
      central.push(...(await trainedOn(federation, [pooled([...federation.data.values()])], 15, 16, 0.05)));
    }
    expect(mean(central)).toBeGreaterThan(0.82);
    expect(mean(central)).toBeLessThan(0.88);
  });
});
