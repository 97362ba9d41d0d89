// A dense layer, whole or of low rank: then it is two linear layers in a row with nothing between them, x → U x → V U x + b.

import { mul, step, type Tensor4D, transpose } from '@tensorflow/tfjs-core';
import type { LayerWeights } from '../layer-weights.ts';
import { linear, linearGradients, linearInputGradient, product } from './kernels.ts';
import type { LayerProgram } from './layer-program.ts';

const devicesLast = [0, 1, 3, 2];

/** U x, as the input of the second linear layer: [1, samples, rank, devices]. */
const projected = (x: Tensor4D, u: Tensor4D): Tensor4D => transpose(product(x, u), devicesLast);

/** Gradients of the layer's weights; dy [1, samples, devices, out]. */
function denseGradients(x: Tensor4D, { u, weight }: LayerWeights, dy: Tensor4D): LayerWeights {
  if (!u) return linearGradients(x, dy);
  const own = linearGradients(projected(x, u), dy);
  const ofU = linearGradients(x, linearInputGradient(dy, weight));
  return { u: ofU.weight, ...own };
}

/** Gradient of the layer's input: dy [1, samples, devices, out] → [1, samples, devices, in]. */
function denseInputGradient(dy: Tensor4D, { u, weight }: LayerWeights): Tensor4D {
  const ofWeight = linearInputGradient(dy, weight);
  return u ? linearInputGradient(ofWeight, u) : ofWeight;
}

export const dense: LayerProgram = {
  fromFeatures: (features) => features,
  forward({ activation }, weights, input) {
    const outputs = linear(weights.u ? projected(input, weights.u) : input, weights, activation);
    return {
      outputs,
      toNextLayer: (values) => transpose(values, devicesLast),
      outputGradient: (gradient) => mul(gradient, step(outputs)),
      weightGradients: (gradient) => denseGradients(input, weights, gradient),
      inputGradient: (gradient) => denseInputGradient(gradient, weights),
    };
  },
};
