// A width-3 convolution over positions that keeps their number, with ReLU, and an average pool behind it if its layer asks for one.
// The pool is PyTorch's AdaptiveAvgPool1d: window i of n over L positions reaches from ⌊i L / n⌋ to ⌈(i + 1) L / n⌉, so that windows
// overlap where n does not divide L. PyTorch flattens the pooled values channel by channel.

import {
  add,
  avgPool,
  concat,
  gather,
  mul,
  type Rank,
  reshape,
  slice,
  step,
  type Tensor3D,
  type Tensor4D,
  tensor1d,
  tensor3d,
  transpose,
  zeros,
} from '@tensorflow/tfjs-core';
import { conv1dGradients, conv1dInputGradient, conv1d as convolve } from './kernels.ts';
import type { LayerProgram } from './layer-program.ts';

const lastAxisSecond = [0, 3, 1, 2];

/** First position of each window, and the one after its last. */
export const poolWindows = (positions: number, pooled: number): readonly (readonly [from: number, to: number])[] =>
  Array.from({ length: pooled }, (_, index) => [
    Math.floor((index * positions) / pooled),
    Math.ceil(((index + 1) * positions) / pooled),
  ]);

/** [samples, positions, devices, channels] → [1, samples, channels × pooled positions, devices], as a dense layer reads it. */
function pool(activation: Tensor4D, pooled: number): Tensor4D {
  const [samples, positions, devices, channels] = activation.shape;
  const rows: Tensor4D = reshape(activation, [samples, positions, 1, devices * channels]);
  const mean = (values: Tensor4D, width: number): Tensor4D => avgPool(values, [width, 1], [width, 1], 'valid');
  const means =
    positions % pooled === 0
      ? mean(rows, positions / pooled)
      : concat(
          poolWindows(positions, pooled).map(([from, to]) =>
            mean(slice(rows, [0, from, 0, 0], [-1, to - from, -1, -1]), to - from),
          ),
          1,
        );
  const byPosition = reshape(means, [samples, pooled, devices, channels]);
  return reshape(transpose(byPosition, lastAxisSecond), [1, samples, channels * pooled, devices]);
}

/** Gradient through pool and ReLU: each position of a window gets its share, where it was active. */
function poolInputGradient(dPooled: Tensor4D, activation: Tensor4D, pooled: number): Tensor4D {
  const [samples, positions, devices, channels] = activation.shape;
  const byPosition = transpose(reshape(dPooled, [samples, devices, channels, pooled]), lastAxisSecond);
  if (positions % pooled !== 0) {
    const spread = spreadOver(reshape(byPosition, [samples, pooled, devices * channels]), positions);
    return mul(reshape(spread, activation.shape), step(activation));
  }
  const width = positions / pooled;
  const share = reshape(mul(byPosition, 1 / width), [samples * pooled, 1, devices * channels]);
  const active = reshape(step(activation), [samples * pooled, width, devices * channels]);
  return reshape(mul(share, active), [samples, positions, devices, channels]);
}

/** Overlapping windows: a position gets its share of each of the one or two that contain it. [samples, pooled, …] → [samples, positions, …]. */
function spreadOver(gradient: Tensor3D, positions: number): Tensor3D {
  const [samples, pooled, width] = gradient.shape;
  const windows = poolWindows(positions, pooled);
  const parts = tensor3d(
    Float32Array.from(windows, ([from, to]) => 1 / (to - from)),
    [1, pooled, 1],
  );
  // A row of zeros at the end, for positions with only one window.
  const shares = concat([mul<Tensor3D>(gradient, parts), zeros<Rank.R3>([samples, 1, width])], 1);
  const windowsOf = Array.from({ length: positions }, (_, position) =>
    windows.flatMap(([from, to], index) => (from <= position && position < to ? [index] : [])),
  );
  const taken = (place: number): Tensor3D =>
    gather(
      shares,
      tensor1d(
        Int32Array.from(windowsOf, (own) => own[place] ?? pooled),
        'int32',
      ),
      1,
    );
  return add(taken(0), taken(1));
}

export const conv1d: LayerProgram = {
  fromFeatures(features) {
    const [, samples, positions, devices] = features.shape;
    return reshape(features, [samples, 1, positions, devices]);
  },
  forward({ activation, pooled }, weights, input) {
    const outputs = convolve(input, weights, activation);
    return {
      outputs,
      toNextLayer: (values) => (pooled > 0 ? pool(values, pooled) : transpose(values, lastAxisSecond)),
      outputGradient: (gradient) =>
        pooled > 0 ? poolInputGradient(gradient, outputs, pooled) : mul(gradient, step(outputs)),
      weightGradients: (gradient) => {
        const [samples, channels, positions, devices] = input.shape;
        const byChannel: Tensor4D =
          channels === 1 ? reshape(input, [1, samples, positions, devices]) : transpose(input, [1, 0, 2, 3]);
        return conv1dGradients(byChannel, gradient);
      },
      inputGradient: (gradient) => conv1dInputGradient(gradient, weights),
    };
  },
};
