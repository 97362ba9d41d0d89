// The training of many devices as one tensor program: SGD on cross-entropy, all columns in step. It only hands work to the
// backend; nothing is read back before it pauses, because a reading makes a GPU wait.
//
// The targets p are probabilities. With a temperature T the loss is T² × the cross-entropy of softmax(logits / T), whose
// gradient T × (softmax(logits / T) − p) keeps its size as T changes (Hinton et al. 2015). Known classes and T = 1 make it
// the usual cross-entropy.
//
// A step's gradient is g + λ w + μ (w − w₀) + offset, for weight decay λ, the proximal term μ and each device's own offset; the
// optimiser makes the step of it. Where gradients × k make steps × k, as with SGD, gradients come multiplied by η, and so is
// what is kept of them: plain SGD then costs no multiplication more.

import { dispose, div, mul, softmax, sub, type Tensor4D, tensor4d, tidy, transpose } from '@tensorflow/tfjs-core';
import type { Mask } from '../sim/model/masks.ts';
import type { ModelSpec } from '../sim/model/models.ts';
import { entryOf, type LocalOptimiser, plainSgd } from '../sim/optimisers/index.ts';
import { type Column, cutBatch, cutMasks } from './cohort.ts';
import { algebra, type LayerWeights, layersFrom, sliceDevices, subtract, tensorsOf } from './layer-weights.ts';
import { forward } from './stacked-model.ts';
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
  /** What the optimiser keeps: each as large as the weights. */
  optimiser: LayerWeights[][];
  /** The weights before the first step; empty without a proximal term. */
  starts: LayerWeights[];
  /** What each column adds to its gradients; empty where none adds anything. */
  offsets: LayerWeights[];
  /** Ones and zeros for the weights that a column trains or not; empty where every column trains all. */
  masks: LayerWeights[];
};

const emptyState: ProgramState = { layers: [], optimiser: [], starts: [], offsets: [], masks: [] };

export interface Descent {
  readonly learningRate: number;
  /** 1 for labels. */
  readonly temperature: number;
  /** As a cohort's. */
  readonly unitScales?: readonly number[] | undefined;
  readonly optimiser?: LocalOptimiser | undefined;
  readonly weightDecay?: number | undefined;
  readonly proximal?: number | undefined;
}

interface Program {
  /** Whether every step has been done. */
  readonly isDone: () => boolean;
  /** Goes on until it is done, or until as many logits wait as should at most. The caller disposes the output. */
  readonly advance: () => ProgramOutput;
  /** Disposes what the program still holds. */
  readonly close: () => void;
}

const stateTensors = ({ layers, optimiser, starts, offsets, masks }: ProgramState) =>
  [layers, ...optimiser, starts, offsets, masks].flatMap((each) => tensorsOf(each));

function sliceState({ layers, optimiser, starts, offsets, masks }: ProgramState, to: number): ProgramState {
  const sliced = (each: LayerWeights[]) => sliceDevices(each, 0, to);
  return {
    layers: sliced(layers),
    optimiser: optimiser.map(sliced),
    starts: sliced(starts),
    offsets: sliced(offsets),
    masks: sliced(masks),
  };
}

/** Whether a column whose gradient is zero stays where it is: then it may wait for the others. */
function staysWithoutGradient(
  { optimiser = plainSgd, weightDecay = 0, proximal = 0 }: Descent,
  columns: readonly Column[],
): boolean {
  if (weightDecay > 0 || proximal > 0 || columns.some(({ learner }) => learner.offset)) return false;
  return entryOf(optimiser).stateFloats(optimiser) === 0;
}

/** A program for columns that are sorted longest first and train at least one step. */
export function openProgram(
  model: ModelSpec,
  columns: readonly Column[],
  descent: Descent,
  mostLogits = MOST_LOGITS,
): Program {
  // A column that has finished and would still be moved leaves at once.
  const idleShare = staysWithoutGradient(descent, columns) ? IDLE_SHARE_TO_NARROW : 0;
  const { steps } = columns[0];
  const starts = columns.map((column) => column.learner.start);
  let state: ProgramState = tidy(() => {
    const layers = layersFrom(model, starts);
    return {
      layers,
      optimiser: [],
      starts: (descent.proximal ?? 0) > 0 ? layers : [],
      offsets: offsetsOf(model, columns, gradientScale(descent)),
      masks: weightMasks(model, columns),
    };
  });
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
      const { layers } = state;
      leavers.push({ first: 0, layers });
      goOnWith({ ...emptyState, layers });
      state = emptyState;
    }
    return { logits, leavers };
  };
  return { isDone, advance, close: () => dispose(stateTensors(state)) };
}

/** What gradients are multiplied by before the optimiser sees them. */
const gradientScale = ({ learningRate, optimiser = plainSgd }: Descent): number =>
  entryOf(optimiser).isHomogeneous ? learningRate : 1;

/** The logits before the step and the state after it. A column without samples in this step keeps its weights exactly. */
function trainStep(
  model: ModelSpec,
  state: ProgramState,
  columns: readonly Column[],
  step: number,
  descent: Descent,
): { logits: Tensor4D; state: ProgramState } {
  const { learningRate, temperature, unitScales = [], optimiser = plainSgd } = descent;
  const scale = gradientScale(descent);
  const batch = cutBatch(columns, step, scale * temperature, model);
  const features = tensor4d(batch.features, [1, batch.samples, columns.length, model.features]);
  const shape: [number, number, number, number] = [1, batch.samples, columns.length, model.classes];
  const masks = dropoutMasks(model, columns, step, batch.samples);
  const input = transpose(features, [0, 1, 3, 2]);
  const { logits, backward } = forward(model, state.layers, input, masks, unitScales);
  const softened = temperature === 1 ? logits : div<Tensor4D>(logits, temperature);
  const weighted = mul<Tensor4D>(softmax(softened), tensor4d(batch.rates, shape));
  const gradients = wholeGradients(backward(sub(weighted, tensor4d(batch.targets, shape))), state, descent, scale);
  const { isHomogeneous, step: stepOf } = entryOf(optimiser);
  const own = stepOf(algebra, gradients, state.optimiser, optimiser, step + 1);
  const updates = isHomogeneous ? own.direction : algebra.scale(own.direction, learningRate);
  const layers = subtract(state.layers, updates);
  return { logits, state: { ...state, layers, optimiser: [...own.state] } };
}

/** The loss's gradients, and what is added to them; 0 for weights that do not move. */
function wholeGradients(
  gradients: LayerWeights[],
  { layers, starts, offsets, masks }: ProgramState,
  { weightDecay = 0, proximal = 0 }: Descent,
  scale: number,
): LayerWeights[] {
  let sum = gradients;
  if (weightDecay > 0) sum = algebra.add(sum, algebra.scale(layers, scale * weightDecay));
  if (proximal > 0) sum = algebra.add(sum, algebra.scale(subtract(layers, starts), scale * proximal));
  if (offsets.length > 0) sum = algebra.add(sum, offsets);
  return masks.length > 0 ? algebra.multiply(sum, masks) : sum;
}

/** Each column's offset, scaled as the gradients are; empty where none has one. */
function offsetsOf(model: ModelSpec, columns: readonly Column[], scale: number): LayerWeights[] {
  if (columns.every(({ learner }) => !learner.offset)) return [];
  const none = new Float32Array(model.parameters);
  const own = columns.map(({ learner: { offset } }) => offset ?? none);
  return algebra.scale(layersFrom(model, own), scale);
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
  const { units, dropout: rate } = model;
  if (rate === 0) return [];
  const masks = cutMasks(columns, step, samples, { units, rate });
  return masks.map((mask, layer) => tensor4d(mask, [1, samples, columns.length, units[layer]]));
}
