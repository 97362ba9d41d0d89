// Layers of many devices at once, each device with weights of its own; forward and backward pass are written by hand.
//
// Every product is one depthwise convolution: TensorFlow.js's depthwise kernel keeps channels apart, so with one channel per
// device it is one matrix product per device. On WASM that runs in XNNPACK's SIMD kernels, 6 to 9 times as fast as tfjs's
// batched matMul, which is a scalar loop (30 devices, 16 × 32 × 32: 0.07–0.11 ms against 0.65 ms); it also adds the bias,
// applies ReLU and convolves by itself.
//
// Its cost is the layout: inputs have the devices on the last axis, [1, samples, units, devices]; outputs have the units on the
// last axis, [1, samples, devices, units]. Weights are [1, inputs, devices, outputs], or [inputs, 3, devices, outputs] for
// a convolution. All is four-dimensional, because tfjs spends as long on a reshape as on a small kernel.

import {
  engine,
  reshape,
  slice,
  stack,
  type Tensor1D,
  type Tensor4D,
  tensor4d,
  transpose,
  unstack,
} from '@tensorflow/tfjs-core';
import type { LayerSpec } from '../../../sim/model/layers.ts';
import type { LayerWeights } from '../layer-weights.ts';

type Activation = LayerSpec['activation'];

const noPadding = [
  [0, 0],
  [0, 0],
  [0, 0],
  [0, 0],
];
/** One zero before and after the axis of the positions, so that a width-3 convolution keeps its length. */
const padRows = [
  [0, 0],
  [1, 1],
  [0, 0],
  [0, 0],
];
const padColumns = [
  [0, 0],
  [0, 0],
  [1, 1],
  [0, 0],
];

/**
 * out[n, h, w, d, q] = Σ_ij x[n, h + i, w + j, d] · filter[i, j, d, q] (+ bias[d, q]); d and q come out as one axis.
 * The kernel is called by name because tf.fused.depthwiseConv2d takes no one-sided padding.
 */
function contract(
  x: Tensor4D,
  filter: Tensor4D,
  padding: number[][],
  bias?: Tensor1D,
  activation: Activation = 'linear',
): Tensor4D {
  const inputs = bias ? { x, filter, bias } : { x, filter };
  return engine().runKernel('FusedDepthwiseConv2D', inputs, {
    strides: [1, 1],
    pad: padding,
    dataFormat: 'NHWC',
    dilations: [1, 1],
    activation,
  });
}

/** x [1, samples, in, devices] → [1, samples, devices, out]. */
export function linear(x: Tensor4D, { weight, bias }: LayerWeights, activation: Activation): Tensor4D {
  const [, samples] = x.shape;
  const [, , devices, outputs] = weight.shape;
  return reshape(contract(x, weight, noPadding, bias, activation), [1, samples, devices, outputs]);
}

/** The same without a bias. */
export function product(x: Tensor4D, weight: Tensor4D): Tensor4D {
  const [, samples] = x.shape;
  const [, , devices, outputs] = weight.shape;
  return reshape(contract(x, weight, noPadding), [1, samples, devices, outputs]);
}

/** Gradients of weight and bias. x is the layer's input [1, samples, in, devices]; dy [1, samples, devices, out]. */
export function linearGradients(x: Tensor4D, dy: Tensor4D): LayerWeights {
  const [, , inputs] = x.shape;
  const [, samples, devices, outputs] = dy.shape;
  // As a filter as high as there are samples, dy sums over them and keeps the inputs apart.
  const filter: Tensor4D = reshape(dy, [samples, 1, devices, outputs]);
  return {
    weight: reshape(contract(x, filter, noPadding), [1, inputs, devices, outputs]),
    bias: reshape(contract(ones([1, 1, samples, devices]), dy, noPadding), [devices * outputs]),
  };
}

/** Sums are computed as products with ones: WASM has packed dy for the weight's gradient already, and tf.sum would transpose it. */
const ones = (shape: [number, number, number, number]): Tensor4D =>
  tensor4d(new Float32Array(shape.reduce((size, length) => size * length)).fill(1), shape);

/** Gradient of the layer's input: dy [1, samples, devices, out] → [1, samples, devices, in]. */
export function linearInputGradient(dy: Tensor4D, weight: Tensor4D): Tensor4D {
  const [, samples, devices] = dy.shape;
  const [, inputs] = weight.shape;
  const dx = contract(transpose(dy, [0, 1, 3, 2]), transpose(weight, [0, 3, 2, 1]), noPadding);
  return reshape(dx, [1, samples, devices, inputs]);
}

/** A width-3 convolution that keeps the length: x [samples, in, positions, devices] → [samples, positions, devices, out]. */
export function conv1d(x: Tensor4D, { weight, bias }: LayerWeights, activation: Activation): Tensor4D {
  const [samples, , positions] = x.shape;
  const [, , devices, outputs] = weight.shape;
  return reshape(contract(x, weight, padColumns, bias, activation), [samples, positions, devices, outputs]);
}

/** `xByUnit` is the layer's input as [in, samples, positions, devices]; dy [samples, positions, devices, out]. */
export function conv1dGradients(xByUnit: Tensor4D, dy: Tensor4D): LayerWeights {
  const [inputs] = xByUnit.shape;
  const [samples, positions, devices, outputs] = dy.shape;
  // The output's gradient is the filter that slides over the padded input: three offsets, three weights.
  const weight = contract(xByUnit, dy, padColumns);
  const [, , width] = weight.shape;
  // At the middle offset it covers no padding, so sliding over ones gives the sum.
  const sums = contract(ones([1, samples, positions, devices]), dy, padColumns);
  const middle = slice(sums, [0, 0, (width - 1) / 2, 0], [1, 1, 1, -1]);
  return {
    weight: reshape(weight, [inputs, width, devices, outputs]),
    bias: reshape(middle, [devices * outputs]),
  };
}

/** dy [samples, positions, devices, out] → [samples, positions, devices, in]. */
export function conv1dInputGradient(dy: Tensor4D, { weight }: LayerWeights): Tensor4D {
  const [samples, positions, devices] = dy.shape;
  const [inputs] = weight.shape;
  // The reversed kernel, [width, out, devices, in]. Unstacked and stacked, because tf.reverse takes ten times as long on WASM.
  const filter = stack(unstack(transpose(weight, [1, 3, 2, 0])).reverse()) as Tensor4D;
  const dx = contract(transpose(dy, [0, 1, 3, 2]), filter, padRows);
  return reshape(dx, [samples, positions, devices, inputs]);
}
