// TinyMLP as TensorFlow.js's manual would have it trained: variables, automatic gradients, an optimiser, one device after
// another. The stacked program, whose gradients are written by hand, is checked against it, and measured (npm run bench).

import {
  add,
  dispose,
  dropout,
  type GradConfig,
  losses,
  matMul,
  registerGradient,
  relu,
  type Scalar,
  type Tensor,
  type Tensor2D,
  tensor,
  tensor2d,
  tidy,
  train,
  type Variable,
  variable,
} from '@tensorflow/tfjs-core';
import { addGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Add_grad.js';
import { batchMatMulGradConfig } from '@tensorflow/tfjs-core/dist/gradients/BatchMatMul_grad.js';
import { multiplyGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Multiply_grad.js';
import { divGradConfig } from '@tensorflow/tfjs-core/dist/gradients/RealDiv_grad.js';
import { reluGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Relu_grad.js';
import { reshapeGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Reshape_grad.js';
import { sumGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Sum_grad.js';
import { CLASSES, FEATURES, type ModelSpec } from '../sim/models.ts';
import type { Cohort } from '../sim/trainer.ts';
import { planColumns, samplesOf } from './cohort.ts';

const gradients: readonly GradConfig[] = [
  addGradConfig,
  batchMatMulGradConfig,
  divGradConfig,
  multiplyGradConfig,
  reluGradConfig,
  reshapeGradConfig,
  sumGradConfig,
];
// All of them at once cannot be loaded in Node.
for (const gradient of gradients) registerGradient(gradient);

/** x Wᵀ + b, as PyTorch keeps a linear layer. */
const linear = (x: Tensor, weight: Tensor, bias: Tensor): Tensor => add(matMul(x, weight, false, true), bias);

function logitsOf(variables: readonly Variable[], features: Tensor2D, rate: number): Tensor {
  const [weight1, bias1, weight2, bias2, weight3, bias3] = variables;
  const silenced = (x: Tensor): Tensor => (rate > 0 ? dropout(x, rate) : x);
  const hidden1 = silenced(relu(linear(features, weight1, bias1)));
  const hidden2 = silenced(relu(linear(hidden1, weight2, bias2)));
  return linear(hidden2, weight3, bias3);
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
 * Trains TinyMLP on the current backend, one device after another, and gives each one's flat weights, in the cohort's order.
 * For whole layers. Dropout's draws are TensorFlow.js's own.
 */
export async function trainByAutograd(cohort: Cohort): Promise<Float32Array[]> {
  const { model, learningRate } = cohort;
  const results = new Array<Float32Array>(cohort.members.length);
  for (const column of planColumns(cohort)) {
    const { learner } = column;
    const variables = variablesOf(model, learner.start);
    const optimizer = train.sgd(learningRate);
    for (let step = 0; step < column.steps; step++) {
      const own = samplesOf(column, step);
      tidy(() => {
        const features = tensor2d(rowsOf(learner.features, own, FEATURES), [own.length, FEATURES]);
        const targets = tensor2d(rowsOf(learner.targets, own, CLASSES), [own.length, CLASSES]);
        const loss = () =>
          losses.softmaxCrossEntropy<Tensor, Scalar>(targets, logitsOf(variables, features, model.dropout));
        optimizer.minimize(loss, false, variables);
      });
    }
    const flat = new Float32Array(model.parameters);
    let from = 0;
    for (const values of await Promise.all(variables.map((one) => one.data<'float32'>()))) {
      flat.set(values, from);
      from += values.length;
    }
    dispose(variables);
    optimizer.dispose();
    results[column.index] = flat;
  }
  return results;
}

/** The picked rows of a matrix, one after another. */
function rowsOf(matrix: Float32Array, picked: Int32Array, width: number): Float32Array {
  const rows = new Float32Array(picked.length * width);
  picked.forEach((row, place) => {
    rows.set(matrix.subarray(row * width, (row + 1) * width), place * width);
  });
  return rows;
}
