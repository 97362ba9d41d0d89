// Computing time and energy (modelled). A training step costs about three forward passes: forward, gradient by the
// activations, gradient by the weights (Kaplan et al. 2020, "backward pass twice the forward").

import {
  energyOf,
  type Joules,
  type Macs,
  type MacsPerSecond,
  macs,
  macsPerSecond,
  type Seconds,
  seconds,
  watts,
} from '../units.ts';

const FORWARD_AND_BACKWARD = 3;

/** With gradient checkpointing the forward pass is made twice: four passes instead of three. */
const RECOMPUTED = 4 / 3;

/** Multiply-accumulates of local training: 3 × forward MACs × samples × epochs, × 4/3 with gradient checkpointing. */
export const trainingMacs = (forwardMacs: Macs, samples: number, epochs: number, checkpointing = false): Macs =>
  macs(FORWARD_AND_BACKWARD * forwardMacs * samples * epochs * (checkpointing ? RECOMPUTED : 1));

/** A node's rate, from its figure in million MAC/s. */
export const macRateOf = (figures: { readonly computeRate: number }): MacsPerSecond =>
  macsPerSecond(figures.computeRate * 1e6);

export const computeTime = (work: Macs, rate: MacsPerSecond): Seconds => seconds(work / rate);

/** Energy = power while active × time; the power figure is in mW. */
export const computeEnergy = (figures: { readonly activePower: number }, time: Seconds): Joules =>
  energyOf(watts(figures.activePower / 1000), time);
