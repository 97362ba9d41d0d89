// Rejects invalid input before any tensor is made, in one sentence that names the value.

import { type LabelledData, sampleCount } from '../sim/data/dataset.ts';
import type { TaskShape } from '../sim/data/task.ts';
import type { Mask } from '../sim/model/masks.ts';
import type { ModelSpec } from '../sim/model/models.ts';
import { plainSgd } from '../sim/optimisers/index.ts';
import type { Cohort, Distillation } from '../sim/trainer.ts';

function checkWeights(model: ModelSpec, weights: Float32Array, owner: string): void {
  if (weights.length !== model.parameters) {
    throw new Error(`${owner} has ${weights.length} weights, but ${model.label} has ${model.parameters}.`);
  }
}

function checkMask(model: ModelSpec, mask: Mask | undefined, owner: string): void {
  if (mask && mask.length !== model.parameters) {
    throw new Error(`${owner} has a mask of ${mask.length} weights, but ${model.label} has ${model.parameters}.`);
  }
}

function checkData({ features: width, classes }: TaskShape, data: LabelledData, owner: string): void {
  const samples = sampleCount(data);
  if (data.features.length !== samples * width) {
    throw new Error(`${owner} has ${data.features.length} feature values for ${samples} samples of ${width} features.`);
  }
  const invalid = data.labels.find((label) => label >= classes);
  if (invalid !== undefined)
    throw new Error(`${owner} has the label ${invalid}, but there are ${classes} classes from 0 on.`);
}

function checkTrainingOptions(learningRate: number, batchSize: number): void {
  if (!Number.isFinite(learningRate) || learningRate < 0) {
    throw new Error(`The learning rate must be a finite number of at least 0, but is ${learningRate}.`);
  }
  if (!Number.isInteger(batchSize) || batchSize < 1) {
    throw new Error(`The batch size must be a whole number of at least 1, but is ${batchSize}.`);
  }
}

const shares = { momentum: 'The momentum', beta1: 'Adam’s β₁', beta2: 'Adam’s β₂' };

function checkOptimiser({ optimiser = plainSgd, weightDecay = 0, proximal = 0 }: Cohort): void {
  const settings = new Map<string, unknown>(Object.entries(optimiser));
  for (const [name, words] of Object.entries(shares)) {
    const value = settings.get(name) ?? 0;
    if (!(typeof value === 'number' && value >= 0 && value < 1)) {
      throw new Error(`${words} must be at least 0 and below 1, but is ${value}.`);
    }
  }
  for (const [value, words] of [
    [settings.get('epsilon') ?? 0, 'Adam’s ε'],
    [weightDecay, 'The weight decay'],
    [proximal, 'The proximal term’s μ'],
  ] as const) {
    if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) {
      throw new Error(`${words} must be a finite number of at least 0, but is ${value}.`);
    }
  }
}

function checkTemperature(temperature: number): void {
  if (!Number.isFinite(temperature) || temperature <= 0) {
    throw new Error(`The temperature must be a finite number above 0, but is ${temperature}.`);
  }
}

/** The number of samples: at least one. */
function checkFeatures({ features: width }: TaskShape, features: Float32Array, purpose: string): number {
  const samples = features.length / width;
  if (samples === 0) throw new Error(`There are no samples to ${purpose}.`);
  if (!Number.isInteger(samples)) {
    throw new Error(`The ${features.length} feature values are no whole number of samples of ${width} features.`);
  }
  return samples;
}

export function checkCohort(cohort: Cohort): void {
  const { model, learningRate, batchSize, members } = cohort;
  checkTrainingOptions(learningRate, batchSize);
  checkOptimiser(cohort);
  if (!(model.dropout >= 0 && model.dropout < 1)) {
    throw new Error(`The dropout rate must be at least 0 and below 1, but is ${model.dropout}.`);
  }
  members.forEach(({ start, data, epochs, steps = 0, mask, offset }, index) => {
    const owner = `Member ${index} of the cohort`;
    checkWeights(model, start, owner);
    checkMask(model, mask, owner);
    if (offset) checkWeights(model, offset, `The gradient offset of member ${index}`);
    checkData(model, data, owner);
    if (!Number.isInteger(epochs) || epochs < 0) {
      throw new Error(`${owner} must train a whole number of epochs of at least 0, but has ${epochs}.`);
    }
    if (!Number.isInteger(steps) || steps < 0) {
      throw new Error(`${owner} must train a whole number of steps of at least 0, but has ${steps}.`);
    }
  });
}

export function checkEvaluation(model: ModelSpec, weights: Float32Array, data: LabelledData): void {
  checkWeights(model, weights, 'The model to evaluate');
  checkData(model, data, 'The test data');
  if (sampleCount(data) === 0) throw new Error('There is no test data to evaluate on.');
}

export function checkPrediction(
  model: ModelSpec,
  weights: Float32Array,
  features: Float32Array,
  temperature: number,
): void {
  checkWeights(model, weights, 'The model to predict with');
  checkFeatures(model, features, 'predict');
  checkTemperature(temperature);
}

/** Allowed deviation of the sum of a sample's probabilities from one: float32 averages stay well within it. */
const SUM_TOLERANCE = 1e-3;

export function checkDistillation(request: Distillation): void {
  const { model, start, features, teacher, temperature, learningRate, batchSize, epochs, mask } = request;
  checkWeights(model, start, 'The student');
  checkMask(model, mask, 'The student');
  checkTrainingOptions(learningRate, batchSize);
  checkTemperature(temperature);
  if (!Number.isInteger(epochs) || epochs < 0) {
    throw new Error(`The student must train a whole number of epochs of at least 0, but has ${epochs}.`);
  }
  const samples = checkFeatures(model, features, 'distil on');
  const { classes } = model;
  if (teacher.length !== samples * classes) {
    throw new Error(`The teacher has ${teacher.length} probabilities for ${samples} samples of ${classes} classes.`);
  }
  for (let sample = 0; sample < samples; sample++) {
    const row = teacher.subarray(sample * classes, (sample + 1) * classes);
    const sum = row.reduce((total, probability) => total + probability, 0);
    if (!row.every((probability) => probability >= 0) || !(Math.abs(sum - 1) <= SUM_TOLERANCE)) {
      throw new Error(`The teacher's row ${sample} is no probability distribution: ${row.join(', ')}.`);
    }
  }
}
