// The interface of a type of layer: its forward and backward pass for many devices at once. A layer's input has the devices on the
// last axis, [1, samples, units, devices] or, for a convolution, [samples, channels, positions, devices]; its output has the units on
// the last axis, [1, samples, devices, units] or [samples, positions, devices, filters]. kernels.ts says why.

import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { LayerSpec } from '../../../sim/model/layers.ts';
import type { LayerWeights } from '../layer-weights.ts';

export interface LayerPass {
  /** After the activation, units last. */
  readonly outputs: Tensor4D;
  /** The outputs, after dropout and scaling, as the next layer's input: devices last. */
  readonly toNextLayer: (outputs: Tensor4D) => Tensor4D;
  /** The gradient of the outputs before the activation, from that of the next layer's input, units last. */
  readonly outputGradient: (gradient: Tensor4D) => Tensor4D;
  /** Gradients of the layer's weights, from that of its outputs before the activation. */
  readonly weightGradients: (gradient: Tensor4D) => LayerWeights;
  /** Gradient of the layer's input, units last, from that of its outputs before the activation. */
  readonly inputGradient: (gradient: Tensor4D) => Tensor4D;
}

export interface LayerProgram {
  /** A model's features, [1, samples, features, devices], as the input of its first layer. */
  readonly fromFeatures: (features: Tensor4D) => Tensor4D;
  readonly forward: (layer: LayerSpec, weights: LayerWeights, input: Tensor4D) => LayerPass;
}
