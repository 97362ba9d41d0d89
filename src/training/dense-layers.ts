// A dense layer, whole or of low rank: then it is two linear layers in a row with nothing between them, x → U x → V U x + b.

import { type Tensor4D, transpose } from '@tensorflow/tfjs-core';
import type { LayerWeights } from './layer-weights.ts';
import { type Activation, linear, linearGradients, linearInputGradient, product } from './stacked-layers.ts';

const devicesLast = [0, 1, 3, 2];

/** U x, as the next layer wants it: [1, samples, rank, devices]. */
const narrowed = (x: Tensor4D, narrow: Tensor4D): Tensor4D => transpose(product(x, narrow), devicesLast);

/** x [1, samples, in, devices] → [1, samples, devices, out]. */
export const dense = (x: Tensor4D, layer: LayerWeights, activation: Activation): Tensor4D =>
  linear(layer.narrow ? narrowed(x, layer.narrow) : x, layer, activation);

/** Gradients of the layer's weights; dy [1, samples, devices, out]. */
export function denseGradients(x: Tensor4D, { narrow, weight }: LayerWeights, dy: Tensor4D): LayerWeights {
  if (!narrow) return linearGradients(x, dy);
  const own = linearGradients(narrowed(x, narrow), dy);
  const ofNarrow = linearGradients(x, linearInputGradient(dy, weight));
  return { narrow: ofNarrow.weight, ...own };
}

/** Gradient of the layer's input: dy [1, samples, devices, out] → [1, samples, devices, in]. */
export function denseInputGradient(dy: Tensor4D, { narrow, weight }: LayerWeights): Tensor4D {
  const ofWeight = linearInputGradient(dy, weight);
  return narrow ? linearInputGradient(ofWeight, narrow) : ofWeight;
}
