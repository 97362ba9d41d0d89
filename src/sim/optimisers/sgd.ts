// Stochastic gradient descent with momentum, as PyTorch's SGD without dampening: v ← μ v + g; w ← w − η v, with v = g in the first step.

import type { Optimiser } from './optimiser.ts';

export const sgd: Optimiser<{ readonly momentum: number }> = {
  id: 'sgd',
  label: 'SGD',
  help: 'Steps against the gradient; with momentum, along a running sum of gradients.',
  uses: ['momentum'],
  stateFloats: ({ momentum }) => Number(momentum > 0),
  macs: ({ momentum }) => Number(momentum > 0),
  isHomogeneous: true,
  step: ({ add, scale }, gradient, [velocity], { momentum }) => {
    if (momentum === 0) return { direction: gradient, state: [] };
    const direction = velocity === undefined ? gradient : add(scale(velocity, momentum), gradient);
    return { direction, state: [direction] };
  },
};
