// What the trainer asks of a model: the forward pass of all devices at once, and the way back. A model is a value.

import { mul, type Tensor4D } from '@tensorflow/tfjs-core';
import type { LayerWeights } from './layer-weights.ts';

interface ForwardPass {
  /** [1, samples, devices, classes]. */
  readonly logits: Tensor4D;
  /** Every layer's gradients, from the gradient of the logits. */
  readonly backward: (logitsGradient: Tensor4D) => LayerWeights[];
}

export interface StackedModel {
  /** Hidden layers that dropout acts on: `masks` holds one [1, samples, devices, hidden] tensor for each, or nothing. */
  readonly dropoutLayers: number;
  /** `features` [1, samples, 16, devices]; `scales` multiply each hidden layer's outputs, if there are any. */
  readonly forward: (
    layers: readonly LayerWeights[],
    features: Tensor4D,
    masks: readonly Tensor4D[],
    scales: readonly number[],
  ) => ForwardPass;
}

/** A hidden layer's outputs on the way forward, or their gradients on the way back, times the layer's scale. */
export const scaled = (values: Tensor4D, scale = 1): Tensor4D => (scale === 1 ? values : mul(values, scale));
