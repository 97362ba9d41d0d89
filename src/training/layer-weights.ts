// The weights of one layer for all devices of a program, and what is done with them whole.

import {
  add,
  mul,
  slice,
  sub,
  type Tensor,
  type Tensor1D,
  type Tensor4D,
  tensor1d,
  tensor4d,
} from '@tensorflow/tfjs-core';
import type { ModelSpec } from '../sim/model/models.ts';
import { stackWeights } from './weight-layout.ts';

export type LayerWeights = {
  /** A low-rank layer's U, [1, inputs, devices, rank]; its V is the weight, whose inputs are the rank then. */
  narrow?: Tensor4D;
  /** Linear [1, inputs, devices, outputs]; convolution [inputs, kernel, devices, outputs]. */
  weight: Tensor4D;
  /** [devices × outputs]: one axis, as the backends want a bias. */
  bias: Tensor1D;
};

/** Devices' flat weights as tensors, a layer an entry. Every layer of a model has one or two matrices and then a bias. */
export function layersFrom(model: ModelSpec, starts: readonly Float32Array[]): LayerWeights[] {
  const stacked = stackWeights(model, starts);
  const layers: LayerWeights[] = [];
  let matrices: Tensor4D[] = [];
  model.tensors.forEach(({ shape }, index) => {
    if (shape.length > 1) {
      const [outputs, inputs, kernel] = shape;
      const spatial: [number, number] = kernel ? [inputs, kernel] : [1, inputs];
      matrices.push(tensor4d(stacked[index], [...spatial, starts.length, outputs]));
      return;
    }
    const bias = tensor1d(stacked[index]);
    layers.push(
      matrices.length > 1 ? { narrow: matrices[0], weight: matrices[1], bias } : { weight: matrices[0], bias },
    );
    matrices = [];
  });
  return layers;
}

/** In the order of the model's tensors. */
export const tensorsOf = (layers: readonly LayerWeights[]): Tensor[] =>
  layers.flatMap(({ narrow, weight, bias }) => (narrow ? [narrow, weight, bias] : [weight, bias]));

type Combine = <Kind extends Tensor>(a: Kind, b: Kind) => Kind;

const combined = (layers: readonly LayerWeights[], others: readonly LayerWeights[], combine: Combine): LayerWeights[] =>
  layers.map(({ narrow, weight, bias }, index) => {
    const other = others[index];
    const own = { weight: combine(weight, other.weight), bias: combine(bias, other.bias) };
    return narrow && other.narrow ? { narrow: combine(narrow, other.narrow), ...own } : own;
  });

export const subtract = (layers: readonly LayerWeights[], updates: readonly LayerWeights[]): LayerWeights[] =>
  combined(layers, updates, (a, b) => sub(a, b));

export const plus = (layers: readonly LayerWeights[], others: readonly LayerWeights[]): LayerWeights[] =>
  combined(layers, others, (a, b) => add(a, b));

export const times = (layers: readonly LayerWeights[], factor: number): LayerWeights[] =>
  layers.map(({ narrow, weight, bias }) => {
    const own = { weight: mul<Tensor4D>(weight, factor), bias: mul<Tensor1D>(bias, factor) };
    return narrow ? { narrow: mul<Tensor4D>(narrow, factor), ...own } : own;
  });

export const multiply = (layers: readonly LayerWeights[], masks: readonly LayerWeights[]): LayerWeights[] =>
  combined(layers, masks, (a, b) => mul(a, b));

/** The weights of devices `from` … `to` − 1. */
export function sliceDevices(layers: readonly LayerWeights[], from: number, to: number): LayerWeights[] {
  const sliced = (matrix: Tensor4D): Tensor4D => slice(matrix, [0, 0, from, 0], [-1, -1, to - from, -1]);
  return layers.map(({ narrow, weight, bias }) => {
    const outputs = weight.shape[3];
    const own = { weight: sliced(weight), bias: slice(bias, [from * outputs], [(to - from) * outputs]) };
    return narrow ? { narrow: sliced(narrow), ...own } : own;
  });
}
