// Adam, as PyTorch computes it: m ← β₁ m + (1 − β₁) g; v ← β₂ v + (1 − β₂) g²; w ← w − η m̂ ÷ (√v̂ + ε), with the biases of the
// first steps corrected: m̂ = m ÷ (1 − β₁ᵗ), v̂ = v ÷ (1 − β₂ᵗ).
// Kingma & Ba, "Adam: A Method for Stochastic Optimization", ICLR 2015, Algorithm 1.

import { number } from '../experiment/settings.ts';
import type { Optimiser } from './optimiser.ts';

const own = {
  beta1: number({
    default: 0.9,
    min: 0,
    max: 0.999,
    step: 0.001,
    label: 'Adam’s β₁',
    help: 'How much of the running mean of gradients a step keeps.',
    live: true,
  }),
  beta2: number({
    default: 0.999,
    min: 0,
    max: 0.9999,
    step: 0.0001,
    label: 'Adam’s β₂',
    help: 'How much of the running mean of squared gradients a step keeps.',
    live: true,
  }),
  epsilon: number({
    default: 1e-8,
    min: 1e-10,
    max: 0.1,
    step: 1e-10,
    scale: 'log',
    label: 'Adam’s ε',
    help: 'Added to the root that a step is divided by: the larger, the less weights differ in their steps.',
    live: true,
  }),
};

export const adam: Optimiser<typeof own> = {
  id: 'adam',
  label: 'Adam',
  help: 'Each weight’s step is scaled by running means of its gradient and of its square; a tenth to a hundredth of SGD’s learning rate fits.',
  source: 'Kingma & Ba 2015',
  settings: own,
  stateFloats: () => 2,
  // Two products for m, three for v, a root, a division, and the correction of each bias.
  macs: () => 9,
  isHomogeneous: false,
  step: ({ add, multiply, divide, scale, addConstant, squareRoot }, gradient, state, settings, step) => {
    const { beta1, beta2, epsilon } = settings;
    const [m, v] = state;
    const fresh = [scale(gradient, 1 - beta1), scale(multiply(gradient, gradient), 1 - beta2)];
    const mean = m === undefined ? fresh[0] : add(scale(m, beta1), fresh[0]);
    const square = v === undefined ? fresh[1] : add(scale(v, beta2), fresh[1]);
    const root = scale(squareRoot(square), 1 / Math.sqrt(1 - beta2 ** step));
    const direction = scale(divide(mean, addConstant(root, epsilon)), 1 / (1 - beta1 ** step));
    return { direction, state: [mean, square] };
  },
};
