// The stacked program's backward pass is written by hand. Here TinyMLP is trained once more as TensorFlow.js's manual would
// have it (variables, automatic gradients, an optimiser), one device after another: the weights must be the same.

import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import {
  add,
  dispose,
  losses,
  matMul,
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
import { describe, expect, it } from 'vitest';
import { CLASSES, FEATURES, type ModelSpec, tinyMlp } from '../sim/models.ts';
import type { Cohort } from '../sim/trainer.ts';
import { benchCohort } from './bench-cohort.ts';
import { planColumns, samplesOf } from './cohort.ts';
import { nodeWasmPaths } from './node-wasm-paths.ts';
import { createTrainer } from './trainer.ts';

/** x Wᵀ + b, as PyTorch keeps a linear layer. */
const linear = (x: Tensor, weight: Tensor, bias: Tensor): Tensor => add(matMul(x, weight, false, true), bias);

function logitsOf([weight1, bias1, weight2, bias2, weight3, bias3]: readonly Variable[], features: Tensor2D): Tensor {
  const hidden1 = relu(linear(features, weight1, bias1));
  const hidden2 = relu(linear(hidden1, weight2, bias2));
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

/** Each device's flat weights after its training, in the cohort's order. Without dropout. */
async function trainByAutograd(cohort: Cohort): Promise<Float32Array[]> {
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
        const loss = () => losses.softmaxCrossEntropy<Tensor, Scalar>(targets, logitsOf(variables, features));
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

describe.each(['wasm', 'cpu'] as const)('on %s', (backend) => {
  it("the stacked program's gradients, written by hand, are TensorFlow.js's automatic ones", async () => {
    const trainer = await createTrainer(backend, { wasmPaths: nodeWasmPaths() });
    // 37 samples at 16: the last mini-batch of an epoch is short.
    const cohort = { ...benchCohort({ devices: 5, samples: 37 }), model: tinyMlp(32, 0) };
    const stacked = await trainer.train(cohort);
    const automatic = await trainByAutograd(cohort);
    stacked.forEach(({ weights }, device) => {
      const start = cohort.members[device].start;
      const furthest = weights.reduce((most, value, i) => Math.max(most, Math.abs(value - automatic[device][i])), 0);
      const moved = weights.reduce((most, value, i) => Math.max(most, Math.abs(value - start[i])), 0);
      expect(moved).toBeGreaterThan(1e-3);
      expect(furthest).toBeLessThan(1e-6);
    });
  });
});
