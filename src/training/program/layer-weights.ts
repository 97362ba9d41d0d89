// The weights of one layer for all devices of a program, and arithmetic on them.

import {
  add,
  div,
  mul,
  slice,
  sqrt,
  sub,
  type Tensor,
  type Tensor1D,
  type Tensor4D,
  tensor1d,
  tensor4d,
} from '@tensorflow/tfjs-core';
import type { ModelSpec } from '../../sim/model/models.ts';
import type { Algebra } from '../../sim/optimisers/optimiser.ts';
import { stackWeights } from './weight-layout.ts';

export type LayerWeights = {
  /** A low-rank layer's U, [1, inputs, devices, rank]; its V is the weight, whose inputs are the rank then. */
  u?: Tensor4D;
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
    layers.push(matrices.length > 1 ? { u: matrices[0], weight: matrices[1], bias } : { weight: matrices[0], bias });
    matrices = [];
  });
  return layers;
}

/** In the order of the model's tensors. */
export const tensorsOf = (layers: readonly LayerWeights[]): Tensor[] =>
  layers.flatMap(({ u, weight, bias }) => (u ? [u, weight, bias] : [weight, bias]));

type Combine = <Kind extends Tensor>(a: Kind, b: Kind) => Kind;

const combined = (layers: readonly LayerWeights[], others: readonly LayerWeights[], combine: Combine): LayerWeights[] =>
  layers.map(({ u, weight, bias }, index) => {
    const other = others[index];
    const own = { weight: combine(weight, other.weight), bias: combine(bias, other.bias) };
    return u && other.u ? { u: combine(u, other.u), ...own } : own;
  });

export const subtract = (layers: readonly LayerWeights[], others: readonly LayerWeights[]): LayerWeights[] =>
  combined(layers, others, (a, b) => sub(a, b));

type Change = <Kind extends Tensor>(values: Kind) => Kind;

const changed = (layers: readonly LayerWeights[], change: Change): LayerWeights[] =>
  layers.map(({ u, weight, bias }) => {
    const own = { weight: change(weight), bias: change(bias) };
    return u ? { u: change(u), ...own } : own;
  });

/** Arithmetic on the weights of all devices at once. */
export const algebra: Algebra<LayerWeights[]> = {
  add: (layers, others) => combined(layers, others, (a, b) => add(a, b)),
  multiply: (layers, others) => combined(layers, others, (a, b) => mul(a, b)),
  divide: (layers, others) => combined(layers, others, (a, b) => div(a, b)),
  scale: (layers, factor) => changed(layers, (values) => mul(values, factor)),
  addConstant: (layers, constant) => changed(layers, (values) => add(values, constant)),
  squareRoot: (layers) => changed(layers, (values) => sqrt(values)),
};

/** The weights of devices `from` … `to` − 1. */
export function sliceDevices(layers: readonly LayerWeights[], from: number, to: number): LayerWeights[] {
  const sliced = (matrix: Tensor4D): Tensor4D => slice(matrix, [0, 0, from, 0], [-1, -1, to - from, -1]);
  return layers.map(({ u, weight, bias }) => {
    const outputs = weight.shape[3];
    const own = { weight: sliced(weight), bias: slice(bias, [from * outputs], [(to - from) * outputs]) };
    return u ? { u: sliced(u), ...own } : own;
  });
}
