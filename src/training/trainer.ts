// The LocalTrainer on TensorFlow.js: all devices of a cohort in one tensor program.

import { tensor4d, tidy } from '@tensorflow/tfjs-core';
import { type LabelledData, sampleCount } from '../sim/data/dataset.ts';
import type { ModelSpec } from '../sim/model/models.ts';
import type { Cohort, Evaluation, LocalTrainer, MemberResult } from '../sim/trainer.ts';
import { type BackendName, type BackendOptions, openBackend, useBackend } from './backend/backend.ts';
import { readTensors } from './backend/read-tensors.ts';
import { checkCohort, checkEvaluation, checkPrediction } from './check-input.ts';
import { distil } from './distil.ts';
import { crossEntropy, predictedClass, probabilities } from './metrics.ts';
import { type Column, longestFirst, planColumns, sampleIndices } from './program/batches.ts';
import { layersFrom } from './program/layer-weights.ts';
import { runProgram, type StepLogits } from './program/run-program.ts';
import { forward } from './program/stacked-model.ts';

/** Most devices in one program: the memory of a step then stays within a few tens of megabytes, however large the fleet. */
const MAX_COLUMNS = 256;

/** Opens a backend and returns its trainer. @throws {Error} one sentence, if the backend cannot run here */
export async function createTrainer(backend: BackendName, options: BackendOptions = {}): Promise<LocalTrainer> {
  await openBackend(backend, options);
  return {
    backend,
    train: (cohort) => train(backend, cohort),
    evaluate: (model, weights, data) => evaluate(backend, model, weights, data),
    predict: (model, weights, features, temperature) => predict(backend, model, weights, features, temperature),
    distil: (request) => distil(backend, request),
  };
}

async function train(backend: BackendName, cohort: Cohort): Promise<MemberResult[]> {
  checkCohort(cohort);
  const { learningRate, unitScales, optimiser, weightDecay, proximal } = cohort;
  const options = { learningRate, temperature: 1, unitScales, optimiser, weightDecay, proximal };
  const results = new Array<MemberResult>(cohort.members.length);
  const all = longestFirst(cohort);
  const training = all.filter(({ steps }) => steps > 0);
  for (const { index } of all.slice(training.length)) results[index] = untrained(cohort.members[index].start);
  // The columns come longest first, so that each program holds devices with about as many steps.
  for (let from = 0; from < training.length; from += MAX_COLUMNS) {
    const places = training.slice(from, from + MAX_COLUMNS).map(({ index }) => index);
    const columns = planColumns(cohort, places);
    const metrics = columns.map((column, place) =>
      trainingMetrics(column, cohort.members[column.index].data.labels, place, cohort.model.classes),
    );
    const weights = await runProgram(backend, cohort.model, columns, options, (step, logits) => {
      for (const { add } of metrics) add(step, logits);
    });
    columns.forEach(({ index }, place) => {
      results[index] = { weights: weights[place], ...metrics[place].result() };
    });
  }
  return results;
}

/** The result of a device without samples or epochs: its initial weights, and no metrics. */
function untrained(start: Float32Array): MemberResult {
  return { weights: start.slice(), loss: Number.NaN, accuracy: Number.NaN, steps: 0, stepLosses: new Float32Array(0) };
}

interface TrainingMetrics {
  readonly add: (step: number, logits: StepLogits) => void;
  readonly result: () => Omit<MemberResult, 'weights'>;
}

/** Accumulates a device's losses and accuracy step by step, from the logits of its own samples without the padding. */
function trainingMetrics(column: Column, labels: Uint8Array, place: number, classes: number): TrainingMetrics {
  const { steps } = column;
  const stepLosses = new Float32Array(steps);
  let loss = 0;
  let correct = 0;
  let seen = 0;
  return {
    add(step, { values, devices }) {
      if (step >= steps) return;
      const own = sampleIndices(column, step);
      let sum = 0;
      for (let row = 0; row < own.length; row++) {
        const at = (row * devices + place) * classes;
        const label = labels[own[row]];
        sum += crossEntropy(values, at, label, classes);
        if (predictedClass(values, at, classes) === label) correct++;
      }
      stepLosses[step] = sum / own.length;
      loss += sum / own.length;
      seen += own.length;
    },
    result: () => ({ loss: loss / steps, accuracy: correct / seen, steps, stepLosses }),
  };
}

/** One model's logits, samples × classes. */
async function logitsOf(
  backend: BackendName,
  model: ModelSpec,
  weights: Float32Array,
  features: Float32Array,
): Promise<Float32Array> {
  await useBackend(backend);
  const output = tidy(() => {
    const input = tensor4d(features, [1, features.length / model.features, model.features, 1]);
    return forward(model, layersFrom(model, [weights]), input, [], []).logits;
  });
  const [logits] = await readTensors(backend, [output]);
  return logits;
}

async function evaluate(
  backend: BackendName,
  model: ModelSpec,
  weights: Float32Array,
  data: LabelledData,
): Promise<Evaluation> {
  checkEvaluation(model, weights, data);
  const samples = sampleCount(data);
  const { classes } = model;
  const logits = await logitsOf(backend, model, weights, data.features);
  const confusion = new Uint32Array(classes * classes);
  let loss = 0;
  let correct = 0;
  data.labels.forEach((label, sample) => {
    const predicted = predictedClass(logits, sample * classes, classes);
    confusion[label * classes + predicted]++;
    if (predicted === label) correct++;
    loss += crossEntropy(logits, sample * classes, label, classes);
  });
  return { loss: loss / samples, accuracy: correct / samples, confusion };
}

async function predict(
  backend: BackendName,
  model: ModelSpec,
  weights: Float32Array,
  features: Float32Array,
  temperature: number,
): Promise<Float32Array> {
  checkPrediction(model, weights, features, temperature);
  return probabilities(await logitsOf(backend, model, weights, features), model.classes, temperature);
}
