// What FedAdagrad, FedYogi and FedAdam share (Algorithm 2 of Reddi et al., "Adaptive Federated Optimization", ICLR 2021): the
// averaged update Δ is taken for a gradient. m ← β₁ m + (1 − β₁) Δ; v by each one's own rule; x ← x + η m ÷ (√v + τ). v begins
// at τ², and no bias is corrected.

import { number } from '../experiment/settings.ts';
import type { ValuesOf } from '../experiment/variants.ts';
import type { Strategy } from './strategy.ts';

/** Settings of all three. */
export const adaptiveSettings = {
  adaptiveLearningRate: number({
    default: 0.1,
    min: 0.0001,
    max: 1,
    step: 0.0001,
    scale: 'log',
    label: 'Adaptive server learning rate',
    help: 'The server learning rate of FedAdam, FedYogi and FedAdagrad: about how far a weight that keeps its direction moves a round.',
    live: true,
  }),
  serverBeta1: number({
    default: 0.9,
    min: 0,
    max: 0.999,
    step: 0.001,
    label: 'Server β₁',
    help: 'How much of the running mean of averaged updates a round keeps.',
    live: true,
  }),
  adaptivity: number({
    default: 0.001,
    min: 0.000001,
    max: 1,
    step: 0.000001,
    scale: 'log',
    label: 'Adaptivity τ',
    help: 'Added to the root that a step is divided by: the smaller, the more weights’ steps adapt to their own updates.',
    live: true,
  }),
};

/** Settings of those whose v is a running mean. */
export const meanSettings = {
  ...adaptiveSettings,
  serverBeta2: number({
    default: 0.99,
    min: 0,
    max: 0.9999,
    step: 0.0001,
    label: 'Server β₂',
    help: 'How much of the running mean of their squares a round keeps.',
    live: true,
  }),
};

type Adaptive = typeof adaptiveSettings;

export interface AdaptiveState {
  readonly mean: Float32Array;
  /** v; null before the first step, when it is τ² everywhere. */
  readonly square: Float32Array | null;
}

/** The next v of one weight. @param squared Δ² */
type NextSquare<Own extends Adaptive> = (square: number, squared: number, settings: ValuesOf<Own>) => number;

/** The functions of a strategy with this rule for v. */
export function adaptive<Own extends Adaptive>(
  next: NextSquare<Own>,
): Pick<Strategy<AdaptiveState, Own>, 'serverInit' | 'serverMacs' | 'serverStep'> {
  return {
    serverInit: (parameters) => ({ mean: new Float32Array(parameters), square: null }),
    // Two products for m, up to three for v, a root, a division and a product.
    serverMacs: () => 8,
    serverStep: (state, { weights, update, settings }) => {
      const { adaptiveLearningRate, serverBeta1, adaptivity } = settings;
      const before = state.square ?? new Float32Array(weights.length).fill(adaptivity ** 2);
      const mean = state.mean.map((value, i) => serverBeta1 * value + (1 - serverBeta1) * update[i]);
      const square = before.map((value, i) => next(value, update[i] ** 2, settings));
      const moved = weights.map(
        (weight, i) => weight + (adaptiveLearningRate * mean[i]) / (Math.sqrt(square[i]) + adaptivity),
      );
      return { weights: moved, state: { mean, square } };
    },
  };
}
