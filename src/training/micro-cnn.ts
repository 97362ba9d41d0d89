// The tutorial's MicroCNN for many devices at once: two width-3 convolutions with ReLU over the 16 features, average pool
// to 4 positions, one linear layer. AdaptiveAvgPool1d(4) over 16 positions is a mean over windows of 4; PyTorch flattens
// the pooled values channel by channel.

import { avgPool, mul, reshape, step, type Tensor4D, transpose } from '@tensorflow/tfjs-core';
import { FEATURES, POOLED } from '../sim/model/models.ts';
import { dense, denseGradients, denseInputGradient } from './dense-layers.ts';
import { conv1d, conv1dGradients, conv1dInputGradient } from './stacked-layers.ts';
import { type StackedModel, scaled } from './stacked-model.ts';

const WINDOW = FEATURES / POOLED;
const lastAxisSecond = [0, 3, 1, 2];

/** [samples, positions, devices, channels] → [1, samples, channels × pooled positions, devices], as `linear` wants it. */
function pool(activation: Tensor4D): Tensor4D {
  const [samples, positions, devices, channels] = activation.shape;
  const rows: Tensor4D = reshape(activation, [samples, positions, 1, devices * channels]);
  const means = reshape(avgPool(rows, [WINDOW, 1], [WINDOW, 1], 'valid'), [samples, POOLED, devices, channels]);
  return reshape(transpose(means, lastAxisSecond), [1, samples, channels * POOLED, devices]);
}

/** The way back through pool and ReLU: each position of a window gets a quarter, where it was active. */
function poolInputGradient(dPooled: Tensor4D, activation: Tensor4D): Tensor4D {
  const [samples, positions, devices, channels] = activation.shape;
  const byPosition = transpose(reshape(dPooled, [samples, devices, channels, POOLED]), lastAxisSecond);
  const share = reshape(mul(byPosition, 1 / WINDOW), [samples * POOLED, 1, devices * channels]);
  const active = reshape(step(activation), [samples * POOLED, WINDOW, devices * channels]);
  return reshape(mul(share, active), [samples, positions, devices, channels]);
}

export const microCnn: StackedModel = {
  dropoutLayers: 0,
  forward([layer1, layer2, layer3], features, _masks, scales) {
    const [, samples, positions, devices] = features.shape;
    const hidden1 = conv1d(reshape(features, [samples, 1, positions, devices]), layer1, 'relu');
    const input2 = transpose(scaled(hidden1, scales[0]), lastAxisSecond);
    const hidden2 = conv1d(input2, layer2, 'relu');
    const pooled = pool(scaled(hidden2, scales[1]));
    const logits = dense(pooled, layer3, 'linear');
    return {
      logits,
      backward(dLogits) {
        const dLayer3 = denseGradients(pooled, layer3, dLogits);
        const dHidden2 = scaled(poolInputGradient(denseInputGradient(dLogits, layer3), hidden2), scales[1]);
        const dLayer2 = conv1dGradients(transpose(input2, [1, 0, 2, 3]), dHidden2);
        const dHidden1 = scaled(mul(conv1dInputGradient(dHidden2, layer2), step(hidden1)), scales[0]);
        const dLayer1 = conv1dGradients(features, dHidden1);
        return [dLayer1, dLayer2, dLayer3];
      },
    };
  },
};
