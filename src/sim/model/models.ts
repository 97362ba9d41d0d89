// The two models of the tutorial, described without any tensor library: shapes, start weights, cost. What the trainer
// computes with them is in src/training. A model's weights travel as one flat Float32Array, tensors in the order listed.

import type { Rng } from '../random.ts';
import { type Macs, macs } from '../units.ts';
import { denseLayer, type LayerSpec, layer, sizeOf, type TensorSpec, worthwhileRank } from './layers.ts';

export { sizeOf } from './layers.ts';

export const FEATURES = 16;
export const CLASSES = 5;

export interface ModelSpec {
  readonly kind: ModelKind;
  readonly label: string;
  readonly tensors: readonly TensorSpec[];
  readonly parameters: number;
  /** Multiply-accumulates of one sample's forward pass. */
  readonly forwardMacs: Macs;
  /** 32-bit numbers kept per sample for the backward pass: the input and every layer's output, before and after ReLU. */
  readonly activationsPerSample: number;
  /** With gradient checkpointing: numbers kept per sample at the layers' ends, and those of the largest layer recomputed. */
  readonly checkpointsPerSample: number;
  readonly largestSegment: number;
  /** Hidden width (TinyMLP only; MicroCNN's is fixed). */
  readonly hidden: number;
  /** Dropout rate after each hidden layer (TinyMLP only). */
  readonly dropout: number;
  /** Units of each hidden layer, or filters of a convolution: what a sub-model may leave out. */
  readonly units: readonly number[];
  /** Rank of each dense layer; 0 for one whole matrix. */
  readonly ranks: readonly number[];
}

export const modelKinds = ['tiny-mlp', 'micro-cnn'] as const;
export const modelLabels: Readonly<Record<ModelKind, string>> = { 'tiny-mlp': 'TinyMLP', 'micro-cnn': 'MicroCNN' };
export type ModelKind = (typeof modelKinds)[number];

const parametersOf = (tensors: readonly TensorSpec[]): number =>
  tensors.reduce((sum, tensor) => sum + sizeOf(tensor.shape), 0);

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

/**
 * The tutorial's TinyMLP: 16 → h → h → 5 with ReLU and dropout; 1,765 parameters at h = 32.
 * @param rank 0 for whole matrices, else that of the two narrow ones, where they are smaller
 */
export function tinyMlp(hidden = 32, dropout = 0.1, rank = 0): ModelSpec {
  const ranks = [
    worthwhileRank(hidden, FEATURES, rank),
    worthwhileRank(hidden, hidden, rank),
    worthwhileRank(CLASSES, hidden, rank),
  ];
  return mlp(hidden, dropout, ranks);
}

function mlp(hidden: number, dropout: number, ranks: readonly number[]): ModelSpec {
  const layers = [
    denseLayer('fc1', hidden, FEATURES, ranks[0], { makes: 0, reads: null }),
    denseLayer('fc2', hidden, hidden, ranks[1], { makes: 1, reads: 0 }),
    denseLayer('fc3', CLASSES, hidden, ranks[2], { makes: null, reads: 1 }),
  ];
  const tensors = layers.flatMap((each) => each.tensors);
  return {
    kind: 'tiny-mlp',
    label: modelLabels['tiny-mlp'],
    tensors,
    parameters: parametersOf(tensors),
    forwardMacs: macs(sumOf(layers.map((each) => each.macs))),
    activationsPerSample: FEATURES + 4 * hidden + CLASSES + sumOf(ranks),
    checkpointsPerSample: FEATURES + hidden + CLASSES,
    largestSegment: 2 * hidden + Math.max(ranks[0], ranks[1]),
    hidden,
    dropout,
    units: [hidden, hidden],
    ranks,
  };
}

const FILTERS = [8, 16];
const KERNEL = 3;
export const POOLED = 4;

/**
 * The tutorial's MicroCNN: two width-3 convolutions over the 16 features, average pool to 4, one linear; 757 parameters.
 * @param rank of the linear layer, where that is smaller; convolutions stay whole
 */
export const microCnn = (rank = 0): ModelSpec => cnn(FILTERS, worthwhileRank(CLASSES, FILTERS[1] * POOLED, rank));

function cnn([filters1, filters2]: readonly number[], rank: number): ModelSpec {
  const conv1 = layer('conv1', [filters1, 1, KERNEL], { makes: 0, reads: null });
  const conv2 = layer('conv2', [filters2, filters1, KERNEL], { makes: 1, reads: 0 });
  const fc = denseLayer('fc', CLASSES, filters2 * POOLED, rank, { makes: null, reads: 1 });
  const tensors = [conv1, conv2, fc].flatMap((each: LayerSpec) => each.tensors);
  return {
    kind: 'micro-cnn',
    label: modelLabels['micro-cnn'],
    tensors,
    parameters: parametersOf(tensors),
    forwardMacs: macs(FEATURES * (conv1.macs + conv2.macs) + fc.macs),
    activationsPerSample: FEATURES + 2 * FEATURES * (filters1 + filters2) + filters2 * POOLED + CLASSES + rank,
    checkpointsPerSample: FEATURES + FEATURES * filters1 + filters2 * POOLED + CLASSES,
    largestSegment: 2 * FEATURES * filters2,
    hidden: 0,
    dropout: 0,
    units: [filters1, filters2],
    ranks: [rank],
  };
}

export function modelSpec(settings: { kind: ModelKind; hidden: number; dropout: number; rank: number }): ModelSpec {
  const { kind, hidden, dropout, rank } = settings;
  return kind === 'tiny-mlp' ? tinyMlp(hidden, dropout, rank) : microCnn(rank);
}

/** A model of the same kind with fewer units in each hidden layer. */
export const withUnits = ({ kind, dropout, ranks }: ModelSpec, units: readonly number[]): ModelSpec =>
  kind === 'tiny-mlp' ? mlp(units[0], dropout, ranks) : cnn(units, ranks[0]);

/** Start weights: uniform within ± each tensor's bound. */
export function initialWeights(model: ModelSpec, rng: Rng): Float32Array {
  const weights = new Float32Array(model.parameters);
  let at = 0;
  for (const { bound, shape } of model.tensors) {
    const end = at + sizeOf(shape);
    while (at < end) weights[at++] = rng.between(-bound, bound);
  }
  return weights;
}
