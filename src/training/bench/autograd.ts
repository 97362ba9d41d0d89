// Any model trained as in TensorFlow.js’s documentation: variables, automatic gradients, an optimiser, one device after
// another. The stacked program, whose gradients are written by hand, is checked against it, and measured (npm run bench).

import {
  add,
  concat,
  dispose,
  div,
  dropout,
  type GradConfig,
  losses,
  matMul,
  mul,
  type Optimizer,
  pad,
  registerGradient,
  relu,
  reshape,
  type Scalar,
  slice,
  sum,
  type Tensor,
  type Tensor2D,
  type Tensor3D,
  tensor,
  tensor2d,
  tidy,
  train,
  transpose,
  type Variable,
  variable,
} from '@tensorflow/tfjs-core';
import { addGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Add_grad.js';
import { batchMatMulGradConfig } from '@tensorflow/tfjs-core/dist/gradients/BatchMatMul_grad.js';
import { concatGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Concat_grad.js';
import { multiplyGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Multiply_grad.js';
import { padV2GradConfig } from '@tensorflow/tfjs-core/dist/gradients/PadV2_grad.js';
import { divGradConfig } from '@tensorflow/tfjs-core/dist/gradients/RealDiv_grad.js';
import { reluGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Relu_grad.js';
import { reshapeGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Reshape_grad.js';
import { sliceGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Slice_grad.js';
import { sumGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Sum_grad.js';
import { transposeGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Transpose_grad.js';
import type { ModelSpec } from '../../sim/model/models.ts';
import { type LocalOptimiser, plainSgd } from '../../sim/optimisers/index.ts';
import type { Cohort } from '../../sim/trainer.ts';
import { longestFirst, planColumns, sampleIndices } from '../program/batches.ts';
import { poolWindows } from '../program/layers/conv1d.ts';

const gradients: readonly GradConfig[] = [
  addGradConfig,
  batchMatMulGradConfig,
  concatGradConfig,
  divGradConfig,
  multiplyGradConfig,
  padV2GradConfig,
  reluGradConfig,
  reshapeGradConfig,
  sliceGradConfig,
  sumGradConfig,
  transposeGradConfig,
];
// All of them at once cannot be loaded in Node.
for (const gradient of gradients) registerGradient(gradient);

/** x Wᵀ + b, as PyTorch keeps a linear layer. */
const linear = (x: Tensor, weight: Tensor, bias: Tensor): Tensor => add(matMul(x, weight, false, true), bias);

/** A convolution that keeps the length, as patches × weights: WASM has no gradient of a convolution's filter. */
function convolution(x: Tensor3D, weight: Tensor, bias: Tensor): Tensor3D {
  const [samples, length, channels] = x.shape;
  const [outputs, , width] = weight.shape;
  const padded = pad(x, [
    [0, 0],
    [1, 1],
    [0, 0],
  ]);
  const shifts = Array.from({ length: width }, (_, k) => slice(padded, [0, k, 0], [samples, length, channels]));
  const patches = reshape(concat(shifts, 2), [samples * length, width * channels]);
  const filter = reshape(transpose(weight, [2, 1, 0]), [width * channels, outputs]);
  return reshape(add(matMul(patches, filter), bias), [samples, length, outputs]);
}

/** An adaptive average pool over positions: [samples, positions, channels] → [samples, pooled, channels]. */
function pool(x: Tensor3D, pooled: number): Tensor3D {
  const [samples, positions, channels] = x.shape;
  const means = poolWindows(positions, pooled).map(([from, to]) =>
    div(sum(slice(x, [0, from, 0], [samples, to - from, channels]), 1, true), to - from),
  );
  return concat(means, 1) as Tensor3D;
}

/** Layer by layer, each with a weight and a bias. `features` [samples, features]; a convolution reads them as one channel. */
function logitsOf({ layers, dropout: rate }: ModelSpec, variables: readonly Variable[], features: Tensor2D): Tensor {
  const [samples, width] = features.shape;
  let x: Tensor = features;
  for (const [index, { type, activation, pooled }] of layers.entries()) {
    const [weight, bias] = [variables[2 * index], variables[2 * index + 1]];
    if (type === 'conv1d') {
      const positions: Tensor3D = x.rank === 3 ? (x as Tensor3D) : reshape(x, [samples, width, 1]);
      x = convolution(positions, weight, bias);
    } else x = linear(x, weight, bias);
    if (activation === 'linear') return x;
    x = relu(x);
    if (rate > 0) x = dropout(x, rate);
    if (pooled > 0)
      x = reshape(transpose(pool(x as Tensor3D, pooled), [0, 2, 1]), [samples, (x.shape[2] as number) * pooled]);
  }
  return x;
}

function variablesOf({ tensors }: ModelSpec, start: Float32Array): Variable[] {
  let from = 0;
  return tensors.map(({ shape }) => {
    const size = shape.reduce((product, length) => product * length, 1);
    from += size;
    return variable(tensor(start.slice(from - size, from), [...shape]));
  });
}

/**
 * Trains on the current backend, one device after another, and gives each one's flat weights, in the cohort's order.
 * For whole layers. Dropout's draws are TensorFlow.js's own.
 */
export async function trainByAutograd(cohort: Cohort): Promise<Float32Array[]> {
  const { model, learningRate, optimiser = plainSgd, weightDecay = 0, proximal = 0 } = cohort;
  const results = new Array<Float32Array>(cohort.members.length);
  const places = longestFirst(cohort).map(({ index }) => index);
  for (const column of planColumns(cohort, places)) {
    const { learner } = column;
    const variables = variablesOf(model, learner.start);
    const optimizer = optimizerOf(optimiser, learningRate);
    const starts = variables.map((one) => one.clone());
    // Its gradient is weight decay × weights.
    const penalty = () =>
      variables
        .map((own) => mul(sum(mul(own, own)), weightDecay / 2))
        .reduce((total, one) => add(total, one)) as Scalar;
    // And its gradient is μ × (weights − start).
    const distance = () =>
      variables
        .map((own, index) => add(own, mul(starts[index], -1)))
        .map((apart) => mul(sum(mul(apart, apart)), proximal / 2))
        .reduce((total, one) => add(total, one)) as Scalar;
    for (let step = 0; step < column.steps; step++) {
      const own = sampleIndices(column, step);
      tidy(() => {
        const features = tensor2d(rowsOf(learner.features, own, model.features), [own.length, model.features]);
        const targets = tensor2d(rowsOf(learner.targets, own, model.classes), [own.length, model.classes]);
        const loss = (): Scalar => {
          const fit = losses.softmaxCrossEntropy<Tensor, Scalar>(targets, logitsOf(model, variables, features));
          const decayed = weightDecay > 0 ? add<Scalar>(fit, penalty()) : fit;
          return proximal > 0 ? add(decayed, distance()) : decayed;
        };
        optimizer.minimize(loss, false, variables);
      });
    }
    const flat = new Float32Array(model.parameters);
    let from = 0;
    for (const values of await Promise.all(variables.map((one) => one.data<'float32'>()))) {
      flat.set(values, from);
      from += values.length;
    }
    dispose([...variables, ...starts]);
    optimizer.dispose();
    results[column.index] = flat;
  }
  return results;
}

function optimizerOf(optimiser: LocalOptimiser, learningRate: number): Optimizer {
  const { id } = optimiser;
  if (optimiser.id === 'adam') return train.adam(learningRate, optimiser.beta1, optimiser.beta2, optimiser.epsilon);
  if (optimiser.id === 'sgd')
    return optimiser.momentum > 0 ? train.momentum(learningRate, optimiser.momentum) : train.sgd(learningRate);
  throw new Error(`This learner uses TensorFlow.js’s own optimisers, and none of them is ${id}.`);
}

/** The picked rows of a matrix, one after another. */
function rowsOf(matrix: Float32Array, picked: Int32Array, width: number): Float32Array {
  const rows = new Float32Array(picked.length * width);
  picked.forEach((row, place) => {
    rows.set(matrix.subarray(row * width, (row + 1) * width), place * width);
  });
  return rows;
}
