// The training of many devices as one tensor program: SGD on cross-entropy, all columns in step. It only hands work to the
// backend; nothing is read back before it pauses, because a reading makes a GPU wait.
//
// The targets p are probabilities. With a temperature T the loss is T² × the cross-entropy of softmax(logits / T), whose
// gradient T × (softmax(logits / T) − p) keeps its size as T changes (Hinton et al. 2015). Known classes and T = 1 make it
// the usual cross-entropy.
//
// Momentum and weight decay are those of PyTorch's SGD: v ← μ v + g + λ w; w ← w − η v. The gradients come multiplied by η, and
// what is kept is η v, so that plain SGD costs no multiplication more.

import { dispose, div, mul, softmax, sub, type Tensor4D, tensor4d, tidy, transpose } from '@tensorflow/tfjs-core';
import type { Mask } from '../sim/model/masks.ts';
import { CLASSES, FEATURES, type ModelSpec } from '../sim/model/models.ts';
import { type Column, cutBatch, cutMasks } from './cohort.ts';
import {
  type LayerWeights,
  layersFrom,
  multiply,
  plus,
  sliceDevices,
  subtract,
  tensorsOf,
  times,
} from './layer-weights.ts';
import { stackedModels } from './stacked-models.ts';
import { noteTrainingStep } from './training-progress.ts';

/** Once this share of the columns has finished, the program goes on without them. */
const IDLE_SHARE_TO_NARROW = 0.25;
/** Logits that wait to be read at most, 8 MB: then the program pauses. */
const MOST_LOGITS = 2 ** 21;

type Leavers = {
  /** The columns from `first` on, as far as none of them left earlier. */
  first: number;
  /** Their weights after training. */
  layers: LayerWeights[];
};

type ProgramOutput = {
  /** Logits of every step since the last pause, [1, samples, devices, classes] for the columns that were in the program then. */
  logits: Tensor4D[];
  /** In the order they left: the last columns first. */
  leavers: Leavers[];
};

/** What goes on from step to step. */
type ProgramState = {
  layers: LayerWeights[];
  /** The learning rate × v; empty before the first step, and without momentum. */
  velocity: LayerWeights[];
  /** Ones and zeros for the weights that a column trains or not; empty where every column trains all. */
  masks: LayerWeights[];
};

export interface Descent {
  readonly learningRate: number;
  /** 1 for labels. */
  readonly temperature: number;
  /** As a cohort's. */
  readonly unitScales?: readonly number[] | undefined;
  readonly momentum?: number | undefined;
  readonly weightDecay?: number | undefined;
}

interface Program {
  /** Whether every step has been done. */
  readonly isDone: () => boolean;
  /** Goes on until it is done, or until as many logits wait as should at most. The caller disposes the output. */
  readonly advance: () => ProgramOutput;
  /** Disposes what the program still holds. */
  readonly close: () => void;
}

const stateTensors = ({ layers, velocity, masks }: ProgramState) =>
  [layers, velocity, masks].flatMap((each) => tensorsOf(each));

const sliceState = ({ layers, velocity, masks }: ProgramState, to: number): ProgramState => ({
  layers: sliceDevices(layers, 0, to),
  velocity: sliceDevices(velocity, 0, to),
  masks: sliceDevices(masks, 0, to),
});

/** A program for columns that are sorted longest first and train at least one step. */
export function openProgram(
  model: ModelSpec,
  columns: readonly Column[],
  descent: Descent,
  mostLogits = MOST_LOGITS,
): Program {
  const { momentum = 0, weightDecay = 0 } = descent;
  // Momentum and weight decay would move the weights of a column that has finished: it leaves at once.
  const idleShare = momentum > 0 || weightDecay > 0 ? 0 : IDLE_SHARE_TO_NARROW;
  const { steps } = columns[0];
  const starts = columns.map((column) => column.learner.start);
  let state: ProgramState = tidy(() => ({
    layers: layersFrom(model, starts),
    velocity: [],
    masks: weightMasks(model, columns),
  }));
  let working = columns;
  let step = 0;

  /** Keeps what the next state shares with this one. */
  const goOnWith = (next: ProgramState): void => {
    const kept = new Set(stateTensors(next));
    dispose(stateTensors(state).filter((tensor) => !kept.has(tensor)));
    state = next;
  };

  const isDone = (): boolean => step === steps;
  const advance = (): ProgramOutput => {
    const logits: Tensor4D[] = [];
    const leavers: Leavers[] = [];
    let waiting = 0;
    while (!isDone() && waiting < mostLogits) {
      const active = working.filter((column) => column.steps > step).length;
      if (active < working.length && active <= working.length * (1 - idleShare)) {
        leavers.push({ first: active, layers: tidy(() => sliceDevices(state.layers, active, working.length)) });
        goOnWith(tidy(() => sliceState(state, active)));
        working = columns.slice(0, active);
      }
      const trained = tidy(() => trainStep(model, state, working, step, descent));
      goOnWith(trained.state);
      logits.push(trained.logits);
      waiting += trained.logits.size;
      step++;
      noteTrainingStep();
    }
    if (isDone()) {
      leavers.push({ first: 0, layers: state.layers });
      goOnWith({ layers: state.layers, velocity: [], masks: [] });
      state = { layers: [], velocity: [], masks: [] };
    }
    return { logits, leavers };
  };
  return { isDone, advance, close: () => dispose(stateTensors(state)) };
}

/** The logits before the step and the state after it. A column without samples in this step keeps its weights exactly. */
function trainStep(
  model: ModelSpec,
  { layers, velocity, masks: weightMasks }: ProgramState,
  columns: readonly Column[],
  step: number,
  { learningRate, temperature, unitScales = [], momentum = 0, weightDecay = 0 }: Descent,
): { logits: Tensor4D; state: ProgramState } {
  const batch = cutBatch(columns, step, learningRate * temperature);
  const features = tensor4d(batch.features, [1, batch.samples, columns.length, FEATURES]);
  const shape: [number, number, number, number] = [1, batch.samples, columns.length, CLASSES];
  const masks = dropoutMasks(model, columns, step, batch.samples);
  const input = transpose(features, [0, 1, 3, 2]);
  const { logits, backward } = stackedModels[model.kind].forward(layers, input, masks, unitScales);
  const softened = temperature === 1 ? logits : div<Tensor4D>(logits, temperature);
  const weighted = mul<Tensor4D>(softmax(softened), tensor4d(batch.rates, shape));
  const gradients = backward(sub(weighted, tensor4d(batch.targets, shape)));
  const decayed = weightDecay > 0 ? plus(gradients, times(layers, learningRate * weightDecay)) : gradients;
  const own = weightMasks.length > 0 ? multiply(decayed, weightMasks) : decayed;
  const updates = velocity.length > 0 ? plus(times(velocity, momentum), own) : own;
  return {
    logits,
    state: { layers: subtract(layers, updates), velocity: momentum > 0 ? updates : [], masks: weightMasks },
  };
}

/** Ones where a column trains a weight, zeros where it must not move; empty where every column trains all. */
function weightMasks(model: ModelSpec, columns: readonly Column[]): LayerWeights[] {
  if (columns.every(({ learner }) => !learner.mask)) return [];
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
