// The training of many devices as one tensor program: SGD on cross-entropy, all columns in step. It only hands work to the
// backend; nothing is read back before the end, because a reading makes a GPU wait.
//
// The targets p are probabilities. With a temperature T the loss is T² × the cross-entropy of softmax(logits / T), whose
// gradient T × (softmax(logits / T) − p) keeps its size as T changes (Hinton et al. 2015). Known classes and T = 1 make it
// the usual cross-entropy.

import { dispose, div, mul, softmax, sub, type Tensor4D, tensor4d, tidy, transpose } from '@tensorflow/tfjs-core';
import type { Mask } from '../sim/masks.ts';
import { CLASSES, FEATURES, type ModelSpec } from '../sim/models.ts';
import { type Column, cutBatch, cutMasks } from './cohort.ts';
import { type LayerWeights, layersFrom, multiply, sliceDevices, subtract, tensorsOf } from './layer-weights.ts';
import { stackedModels } from './stacked-models.ts';
import { noteTrainingStep } from './training-progress.ts';

/** Once this share of the columns has finished, the program goes on without them. */
const IDLE_SHARE_TO_NARROW = 0.25;

type Leavers = {
  /** The columns from `first` on, as far as none of them left earlier. */
  first: number;
  /** Their weights after training. */
  layers: LayerWeights[];
};

type ProgramOutput = {
  /** Logits of every step, [1, samples, devices, classes] for the columns that were in the program then. */
  logits: Tensor4D[];
  /** In the order they left: the last columns first. */
  leavers: Leavers[];
};

export interface Descent {
  readonly learningRate: number;
  /** 1 for labels. */
  readonly temperature: number;
  /** As a cohort's. */
  readonly unitScales?: readonly number[] | undefined;
}

/** Trains columns that are sorted longest first and train at least one step. The caller disposes the output. */
export function runProgram(model: ModelSpec, columns: readonly Column[], descent: Descent): ProgramOutput {
  return tidy(() => {
    const output: ProgramOutput = { logits: [], leavers: [] };
    const starts = columns.map((column) => column.learner.start);
    let layers = layersFrom(model, starts);
    let masks = weightMasks(model, columns);
    let working = columns;
    const goOnWith = (next: LayerWeights[]): void => {
      dispose(tensorsOf(layers));
      layers = next;
    };
    for (let step = 0; step < columns[0].steps; step++) {
      const active = working.filter((column) => column.steps > step).length;
      if (active <= working.length * (1 - IDLE_SHARE_TO_NARROW)) {
        output.leavers.push({ first: active, layers: sliceDevices(layers, active, working.length) });
        goOnWith(sliceDevices(layers, 0, active));
        masks = masks && sliceDevices(masks, 0, active);
        working = columns.slice(0, active);
      }
      const trained = tidy(() => trainStep(model, { layers, masks }, working, step, descent));
      goOnWith(trained.layers);
      output.logits.push(trained.logits);
      noteTrainingStep();
    }
    output.leavers.push({ first: 0, layers });
    return output;
  });
}

/** The logits before the step and the weights after it. A column without samples in this step keeps its weights exactly. */
function trainStep(
  model: ModelSpec,
  { layers, masks: weightMasks }: { layers: readonly LayerWeights[]; masks: readonly LayerWeights[] | null },
  columns: readonly Column[],
  step: number,
  { learningRate, temperature, unitScales = [] }: Descent,
): { logits: Tensor4D; layers: LayerWeights[] } {
  const batch = cutBatch(columns, step, learningRate * temperature);
  const features = tensor4d(batch.features, [1, batch.samples, columns.length, FEATURES]);
  const shape: [number, number, number, number] = [1, batch.samples, columns.length, CLASSES];
  const masks = dropoutMasks(model, columns, step, batch.samples);
  const input = transpose(features, [0, 1, 3, 2]);
  const { logits, backward } = stackedModels[model.kind].forward(layers, input, masks, unitScales);
  const softened = temperature === 1 ? logits : div<Tensor4D>(logits, temperature);
  const weighted = mul<Tensor4D>(softmax(softened), tensor4d(batch.rates, shape));
  const updates = backward(sub(weighted, tensor4d(batch.targets, shape)));
  return { logits, layers: subtract(layers, weightMasks ? multiply(updates, weightMasks) : updates) };
}

/** Ones where a column trains a weight, zeros where it must not move; null where every column trains all. */
function weightMasks(model: ModelSpec, columns: readonly Column[]): LayerWeights[] | null {
  if (columns.every(({ learner }) => !learner.mask)) return null;
  const all = new Float32Array(model.parameters).fill(1);
  // Members that share a mask share its floats, so that stacking turns them around once.
  const floats = new Map<Mask, Float32Array>();
  const own = columns.map(({ learner: { mask } }) => {
    if (!mask) return all;
    const known = floats.get(mask) ?? Float32Array.from(mask);
    floats.set(mask, known);
    return known;
  });
  return layersFrom(model, own);
}

function dropoutMasks(model: ModelSpec, columns: readonly Column[], step: number, samples: number): Tensor4D[] {
  const { hidden, dropout: rate } = model;
  const layers = stackedModels[model.kind].dropoutLayers;
  if (rate === 0) return [];
  const masks = cutMasks(columns, step, samples, { layers, hidden, rate });
  return masks.map((mask) => tensor4d(mask, [1, samples, columns.length, hidden]));
}
