// Two devices with quadratic losses through the real engine: where each strategy comes to rest is known in closed form.
// fᵢ(w) = aᵢ/2 (w − bᵢ)² with a = (1, 4), b = (0, 1), both of the same weight: the optimum is 0.8. FedAvg with K local steps rests
// at Σ gᵢ bᵢ ÷ Σ gᵢ with gᵢ = 1 − (1 − η aᵢ)ᴷ: where devices drift, and not at the optimum.

import { describe, expect, it } from 'vitest';
import { openFederation } from '../data/federation.ts';
import { runFederation } from '../engine/run.ts';
import { parseExperiment } from '../experiment/parse-experiment.ts';
import { noiseData } from '../testing/collect.ts';
import { quadraticTrainer } from '../testing/quadratic-trainer.ts';

const losses = [
  { a: 1, b: 0 },
  { a: 4, b: 1 },
];
const LEARNING_RATE = 0.1;
const flat = { fogs: 1, gatewaysPerFog: 1, devicesPerGateway: 2 };
const tiers = { fogs: 2, gatewaysPerFog: 1, devicesPerGateway: 1 };

/** The weights after each round: all of a model's weights follow the same rule, each from its own start. */
async function weightsAfter(rounds: number, localSteps: number, fleet: object, aggregation: object) {
  const experiment = parseExperiment({
    rounds,
    data: { ...noiseData, partition: 'iid', samplesPerDevice: 20 },
    model: { hidden: 4 },
    training: { learningRate: LEARNING_RATE, localSteps },
    fleet: { ...fleet, mix: ['smartphone'] },
    aggregation,
  });
  const federation = await openFederation(experiment, async () => '');
  const numbers = new Map([...federation.data].map(([number, data]) => [data, number]));
  const trainer = quadraticTrainer((data) => losses[(numbers.get(data) ?? 1) - 1]);
  const weights: Float32Array[] = [];
  const onModels = (models: readonly { readonly weights: Float32Array }[]) => {
    weights.push(models[0].weights);
  };
  for await (const _ of runFederation(federation, trainer, { onModels }));
  return weights;
}

/** Where all weights come to rest. */
async function restOf(localSteps: number, fleet: object, aggregation: object): Promise<[least: number, most: number]> {
  const all = await weightsAfter(250, localSteps, fleet, aggregation);
  const last = all[all.length - 1];
  return [Math.min(...last), Math.max(...last)];
}

describe.each([
  ['flat', flat],
  ['through four tiers', tiers],
])('%s', (_, fleet) => {
  it.each([
    ['fed-avg', 1, 0.8],
    ['fed-avg', 5, 0.6925023],
    ['fed-avg', 20, 0.5323523],
    ['fed-prox', 20, 0.6181254],
    ['fed-avg-m', 20, 0.5323523],
  ])('%s rests with %i local steps at %f', async (strategy, localSteps, wanted) => {
    const [least, most] = await restOf(localSteps, fleet, { strategy, proximal: 1, serverMomentum: 0.5 });
    expect(Math.abs(least - wanted)).toBeLessThan(2e-6);
    expect(Math.abs(most - wanted)).toBeLessThan(2e-6);
  });

  it.each([1, 5, 20])('SCAFFOLD rests with %i local steps at the optimum', async (localSteps) => {
    const [least, most] = await restOf(localSteps, fleet, { strategy: 'scaffold' });
    expect(Math.abs(least - 0.8)).toBeLessThan(2e-6);
    expect(Math.abs(most - 0.8)).toBeLessThan(2e-6);
  });

  it('SCAFFOLD’s first round is FedAvg’s, to the bit', async () => {
    const [first, second] = await weightsAfter(2, 7, fleet, { strategy: 'scaffold' });
    const [plain, other] = await weightsAfter(2, 7, fleet, { strategy: 'fed-avg' });
    expect(first).toEqual(plain);
    expect(second).not.toEqual(other);
  });

  it('FedProx with μ = 0 is FedAvg, to the bit', async () => {
    const prox = await weightsAfter(5, 7, fleet, { strategy: 'fed-prox', proximal: 0 });
    expect(prox).toEqual(await weightsAfter(5, 7, fleet, { strategy: 'fed-avg' }));
  });
});
