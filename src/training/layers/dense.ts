// A dense layer, whole or of low rank: then it is two linear layers in a row with nothing between them, x → U x → V U x + b.

import { mul, step, type Tensor4D, transpose } from '@tensorflow/tfjs-core';
import type { LayerWeights } from '../layer-weights.ts';
import { linear, linearGradients, linearInputGradient, product } from './kernels.ts';
import type { LayerProgram } from './layer-program.ts';

const devicesLast = [0, 1, 3, 2];

/** U x, as the next layer wants it: [1, samples, rank, devices]. */
const narrowed = (x: Tensor4D, narrow: Tensor4D): Tensor4D => transpose(product(x, narrow), devicesLast);

/** Gradients of the layer's weights; dy [1, samples, devices, out]. */
function denseGradients(x: Tensor4D, { narrow, weight }: LayerWeights, dy: Tensor4D): LayerWeights {
  if (!narrow) return linearGradients(x, dy);
  const own = linearGradients(narrowed(x, narrow), dy);
  const ofNarrow = linearGradients(x, linearInputGradient(dy, weight));
  return { narrow: ofNarrow.weight, ...own };
}

/** Gradient of the layer's input: dy [1, samples, devices, out] → [1, samples, devices, in]. */
function denseInputGradient(dy: Tensor4D, { narrow, weight }: LayerWeights): Tensor4D {
  const ofWeight = linearInputGradient(dy, weight);
  return narrow ? linearInputGradient(ofWeight, narrow) : ofWeight;
}

export const dense: LayerProgram = {
  read: (features) => features,
  forward({ activation }, weights, input) {
    const outputs = linear(weights.narrow ? narrowed(input, weights.narrow) : input, weights, activation);
    return {
      outputs,
      handOn: (values) => transpose(values, devicesLast),
      handBack: (gradient) => mul(gradient, step(outputs)),
      weightGradients: (gradient) => denseGradients(input, weights, gradient),
      inputGradient: (gradient) => denseInputGradient(gradient, weights),
    };
  },
};
