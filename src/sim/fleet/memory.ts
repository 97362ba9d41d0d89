// Training memory (modelled): weights + gradients + optimiser state + what the strategy keeps + activations × batch, all 32-bit.
// What the local optimiser keeps is its own to say: nothing for plain SGD, a velocity for momentum, two means for Adam. For TinyMLP at batch 16 that is 23.7 kB: it fits a 32 KB board, batch 64 (52.3 kB) does not.

import type { Experiment } from '../experiment/experiment.ts';
import type { ModelSpec } from '../model/models.ts';
import { entryOf, type OptimiserId, optimiserOf } from '../optimisers/index.ts';
import { clientHalfOf } from '../strategies/index.ts';
import { type Bytes, bytes } from '../units.ts';

const FLOAT_BYTES = 4;
/** RAM is sold in powers of two: a 32 KB board has 32 × 1024 bytes. */
export const BYTES_PER_KILOBYTE_OF_RAM = 1024;

export interface MemoryParts {
  readonly weights: Bytes;
  readonly gradients: Bytes;
  /** What the local optimiser keeps from step to step. */
  readonly optimiser: Bytes;
  /** What the strategy's client half keeps beside all else. */
  readonly strategy: Bytes;
  readonly activations: Bytes;
}

export interface MemoryOptions {
  readonly batchSize: number;
  /**
   * Gradient checkpointing (Chen et al. 2016, "Training Deep Nets with Sublinear Memory Cost"): only the activations at the
   * layers' ends are kept; what lies between is computed again, one layer at a time, for about a third more computing.
   */
  readonly checkpointing?: boolean;
  /** Plain SGD if left out. */
  readonly optimiser?: OptimiserId;
  readonly momentum?: number;
  /** 32-bit numbers for each weight that the strategy's client half takes. */
  readonly strategyFloats?: number;
}

/** The options of an experiment. */
export function memoryOptionsOf(experiment: Experiment): MemoryOptions {
  const { training, aggregation } = experiment;
  return { ...training, strategyFloats: clientHalfOf(experiment)?.trainingFloats(aggregation) ?? 0 };
}

export function memoryParts(
  model: ModelSpec,
  { batchSize, checkpointing = false, strategyFloats = 0, ...training }: MemoryOptions,
): MemoryParts {
  const optimiser = optimiserOf({ optimiser: 'sgd', momentum: 0, ...training });
  const kept = checkpointing ? model.checkpointsPerSample + model.largestSegment : model.activationsPerSample;
  return {
    weights: bytes(FLOAT_BYTES * model.parameters),
    gradients: bytes(FLOAT_BYTES * model.parameters),
    optimiser: bytes(FLOAT_BYTES * model.parameters * entryOf(optimiser).stateFloats(optimiser)),
    strategy: bytes(FLOAT_BYTES * model.parameters * strategyFloats),
    activations: bytes(FLOAT_BYTES * kept * batchSize),
  };
}

/** Bytes of RAM that training takes. */
export function trainingMemory(model: ModelSpec, options: MemoryOptions): Bytes {
  const { weights, gradients, optimiser, strategy, activations } = memoryParts(model, options);
  return bytes(weights + gradients + optimiser + strategy + activations);
}

/** The largest batch whose training fits into so much RAM; 0 if not even one sample does. */
export function largestBatch(model: ModelSpec, ram: Bytes, options: Omit<MemoryOptions, 'batchSize'> = {}): number {
  const { weights, gradients, optimiser, strategy, activations } = memoryParts(model, { ...options, batchSize: 1 });
  return Math.max(0, Math.floor((ram - weights - gradients - optimiser - strategy) / activations));
}

/** RAM of a device in bytes, from its figure in kB. */
export const ramOf = (figures: { readonly memory: number }): Bytes => bytes(figures.memory * BYTES_PER_KILOBYTE_OF_RAM);
