// The contract of a model: an architecture that builds itself for a task, described without any tensor library. What the trainer
// computes with it is in src/training. A model's weights travel as one flat Float32Array, tensors in the order listed.

import type { TaskShape } from '../data/task.ts';
import { integer } from '../experiment/settings.ts';
import type { NoSettings, OwnSettings, ValuesOf, Variant } from '../experiment/variants.ts';
import { type Macs, macs } from '../units.ts';
import { type LayerSpec, sizeOf, type TensorSpec } from './layers.ts';

/** Layers, and what they cost. Plain data: it can be posted to another worker. */
export interface Architecture extends TaskShape {
  /** In the order of computing; all but the last are hidden. */
  readonly layers: readonly LayerSpec[];
  /** Those of the layers, in their order. */
  readonly tensors: readonly TensorSpec[];
  readonly parameters: number;
  /** Multiply-accumulates of one sample's forward pass. */
  readonly forwardMacs: Macs;
  /** 32-bit numbers kept per sample for the backward pass: the input and every layer's output, before and after ReLU. */
  readonly activationsPerSample: number;
  /** With gradient checkpointing: numbers kept per sample at the layers' ends, and those of the largest layer recomputed. */
  readonly checkpointsPerSample: number;
  readonly largestSegment: number;
  /** Dropout rate after each hidden layer. */
  readonly dropout: number;
  /** Units of each hidden layer, or filters of a convolution: what a sub-model may leave out. */
  readonly units: readonly number[];
  /** Rank of each layer; 0 where it is one whole matrix. */
  readonly ranks: readonly number[];
}

type Given = Omit<Architecture, 'tensors' | 'parameters' | 'forwardMacs' | 'ranks'> & { readonly forwardMacs: number };

/** An architecture with what follows from its layers. */
export function architectureOf(given: Given): Architecture {
  const tensors = given.layers.flatMap((layer) => layer.tensors);
  return {
    ...given,
    tensors,
    parameters: tensors.reduce((sum, { shape }) => sum + sizeOf(shape), 0),
    forwardMacs: macs(given.forwardMacs),
    ranks: given.layers.map(({ rank }) => rank),
  };
}

/** The rank of dense layers: a setting of every model that has one. */
export const lowRank = {
  rank: integer({
    default: 0,
    min: 0,
    max: 16,
    step: 1,
    folded: true,
    label: 'Rank of dense layers',
    help: 'Each dense layer as the product of two narrow ones of this rank, where that is smaller; at 0, whole matrices.',
    live: false,
  }),
};

/** A kind of model: an entry of the registry. */
export interface Model<Own extends OwnSettings = NoSettings> extends Variant<Own> {
  /** Features that a sample must have at least. */
  readonly minFeatures: number;
  build(task: TaskShape, settings: ValuesOf<Own>): Architecture;
  /** The same architecture with fewer units in each hidden layer. */
  withUnits(architecture: Architecture, units: readonly number[]): Architecture;
}

export const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
