// Stochastic gradient descent with momentum, as PyTorch's SGD without dampening: v ← μ v + g; w ← w − η v, with v = g in the first step.

import { number } from '../experiment/settings.ts';
import type { Optimiser } from './optimiser.ts';

const own = {
  momentum: number({
    default: 0,
    min: 0,
    max: 0.99,
    step: 0.01,
    label: 'Momentum',
    help: 'A device’s step follows v ← momentum × v + gradient, from v = 0 at the round’s start, as PyTorch’s SGD; v takes memory.',
    live: true,
  }),
};

export const sgd: Optimiser<typeof own> = {
  id: 'sgd',
  label: 'SGD',
  help: 'Steps against the gradient; with momentum, along a running sum of gradients.',
  source: 'Goodfellow et al. 2016, as PyTorch computes it',
  settings: own,
  stateFloats: ({ momentum }) => Number(momentum > 0),
  macs: ({ momentum }) => Number(momentum > 0),
  isHomogeneous: true,
  step: ({ add, scale }, gradient, [velocity], { momentum }) => {
    if (momentum === 0) return { direction: gradient, state: [] };
    const direction = velocity === undefined ? gradient : add(scale(velocity, momentum), gradient);
    return { direction, state: [direction] };
  },
};
