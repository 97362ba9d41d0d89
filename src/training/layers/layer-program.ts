// What the trainer asks of a type of layer: its outputs for many devices at once, and the way back. What a layer reads carries the
// devices last, [1, samples, units, devices] or, of a convolution, [samples, channels, positions, devices]; what it makes carries the
// units last, [1, samples, devices, units] or [samples, positions, devices, filters]. kernels.ts says why.

import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { LayerSpec } from '../../sim/model/layers.ts';
import type { LayerWeights } from '../layer-weights.ts';

export interface LayerPass {
  /** After the activation, units last. */
  readonly outputs: Tensor4D;
  /** The outputs, dropped out and scaled perhaps, as the next layer reads them: devices last. */
  readonly handOn: (outputs: Tensor4D) => Tensor4D;
  /** The way back through `handOn` and ReLU: from the gradient of what the next layer read, units last. */
  readonly handBack: (gradient: Tensor4D) => Tensor4D;
  /** Gradients of the layer's weights, from that of its outputs before the activation. */
  readonly weightGradients: (gradient: Tensor4D) => LayerWeights;
  /** Gradient of what the layer read, units last, from that of its outputs before the activation. */
  readonly inputGradient: (gradient: Tensor4D) => Tensor4D;
}

export interface LayerProgram {
  /** A model's features, [1, samples, features, devices], as its first layer reads them. */
  readonly read: (features: Tensor4D) => Tensor4D;
  readonly forward: (layer: LayerSpec, weights: LayerWeights, input: Tensor4D) => LayerPass;
}
