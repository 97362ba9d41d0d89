// FedAvgM: the server keeps a velocity of the averaged updates, v ← β v + Δ, and moves by it: x ← x + η v. With β = 0 it is FedAvg.
// Hsu, Qi & Brown, "Measuring the Effects of Non-Identical Data Distribution for Federated Visual Classification", 2019.

import { number } from '../experiment/settings.ts';
import { type Strategy, serverLearningRate } from './strategy.ts';

const own = {
  ...serverLearningRate,
  serverMomentum: number({
    default: 0.9,
    min: 0,
    max: 0.99,
    step: 0.01,
    label: 'Server momentum',
    help: 'FedAvgM’s β: how much of its last move the cloud repeats; 0 is FedAvg.',
    live: true,
  }),
};

export const fedAvgM: Strategy<{ readonly velocity: Float32Array }, typeof own> = {
  id: 'fed-avg-m',
  label: 'FedAvgM',
  help: 'The global model moves by a running sum of the averaged updates: momentum at the server.',
  source: 'Hsu, Qi & Brown 2019',
  settings: own,
  serverInit: (parameters) => ({ velocity: new Float32Array(parameters) }),
  serverMacs: () => 1,
  serverStep: ({ velocity: before }, { weights, update, settings }) => {
    const velocity = before.map((value, i) => settings.serverMomentum * value + update[i]);
    return {
      weights: weights.map((weight, i) => weight + settings.serverLearningRate * velocity[i]),
      state: { velocity },
    };
  },
};
