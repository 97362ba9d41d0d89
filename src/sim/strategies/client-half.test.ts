import { describe, expect, it } from 'vitest';
import { localMacs, sgdOptionsOf } from '../engine/device/local-work.ts';
import { parseExperiment } from '../experiment/parse-experiment.ts';
import { memoryOptionsOf, trainingMemory } from '../fleet/memory.ts';
import { collect, noiseData } from '../testing/collect.ts';
import { tinyMlp } from '../testing/models.ts';
import { trivialTrainer } from '../testing/trivial-trainer.ts';
import type { Cohort } from '../trainer.ts';

const model = tinyMlp();
const work = { epochs: 1, steps: 7, samples: 100 };
const prox = (proximal: number, more: object = {}) =>
  parseExperiment({ aggregation: { strategy: 'fed-prox', proximal, ...more } });
const plain = parseExperiment({});

describe('FedProx at the devices', () => {
  it('costs the weights that it starts from in memory, and two multiply-accumulates a weight and step', () => {
    const need = trainingMemory(model, memoryOptionsOf(plain));
    expect(trainingMemory(model, memoryOptionsOf(prox(0.1)))).toBe(need + 4 * model.parameters);
    expect(trainingMemory(model, memoryOptionsOf(prox(0)))).toBe(need);
    const macs = localMacs(model, work, plain);
    expect(localMacs(model, work, prox(0.1))).toBe(macs + 2 * 7 * model.parameters);
    expect(localMacs(model, work, prox(0))).toBe(macs);
  });

  it('is FedAsync’s in no way: that is a strategy of its own', () => {
    expect(sgdOptionsOf(prox(0.1), 1).proximal).toBe(0.1);
    expect(sgdOptionsOf(prox(0.1, { mode: 'fed-buff' }), 1).proximal).toBe(0.1);
    expect(sgdOptionsOf(prox(0.1, { mode: 'fed-async' }), 1)).toEqual(sgdOptionsOf(plain, 1));
  });

  it.each(['sync', 'fed-buff'])('reaches the learner in %s, from the round of a live edit on', async (mode) => {
    const cohorts: Cohort[] = [];
    const train = (cohort: Cohort) => {
      cohorts.push(cohort);
      return trivialTrainer.train(cohort);
    };
    const edits = [{ round: 2, changes: [{ path: 'aggregation.proximal', value: 0.5 }] }];
    const aggregation = { strategy: 'fed-prox', proximal: 0.2, mode, buffer: 2 };
    const fleet = { fogs: 1, gatewaysPerFog: 1, devicesPerGateway: 2, mix: ['esp32'] };
    const data = { ...noiseData, samplesPerDevice: 20 };
    await collect({ data, fleet, aggregation, rounds: 2 }, { edits }, { ...trivialTrainer, train });
    expect(cohorts[0].proximal).toBe(0.2);
    expect(cohorts[cohorts.length - 1].proximal).toBe(0.5);
  });
});
