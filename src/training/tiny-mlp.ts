// The tutorial's TinyMLP for many devices at once: linear → ReLU → dropout, twice, then linear.

import { mul, step, type Tensor4D, transpose } from '@tensorflow/tfjs-core';
import { dense, denseGradients, denseInputGradient } from './dense-layers.ts';
import { type StackedModel, scaled } from './stacked-model.ts';

const devicesLast = [0, 1, 3, 2];

export const tinyMlp: StackedModel = {
  dropoutLayers: 2,
  forward([layer1, layer2, layer3], features, masks, scales) {
    // Masks and scales the values on the way forward and their gradients on the way back.
    const dropOut = (values: Tensor4D, layer: number): Tensor4D =>
      scaled(masks.length ? mul(values, masks[layer]) : values, scales[layer]);
    const hidden1 = dense(features, layer1, 'relu');
    const input2 = transpose(dropOut(hidden1, 0), devicesLast);
    const hidden2 = dense(input2, layer2, 'relu');
    const input3 = transpose(dropOut(hidden2, 1), devicesLast);
    const logits = dense(input3, layer3, 'linear');
    return {
      logits,
      backward(dLogits) {
        const dLayer3 = denseGradients(input3, layer3, dLogits);
        const dHidden2 = mul<Tensor4D>(dropOut(denseInputGradient(dLogits, layer3), 1), step(hidden2));
        const dLayer2 = denseGradients(input2, layer2, dHidden2);
        const dHidden1 = mul<Tensor4D>(dropOut(denseInputGradient(dHidden2, layer2), 0), step(hidden1));
        const dLayer1 = denseGradients(features, layer1, dHidden1);
        return [dLayer1, dLayer2, dLayer3];
      },
    };
  },
};
