// The training of many devices as one tensor program: gradient options on the cross-entropy, all columns at the same step. It only
// submits work to the backend; nothing is read back before it pauses, because a read makes a GPU wait.
//
// The targets p are probabilities. With a temperature T the loss is T² × the cross-entropy of softmax(logits / T), whose
// gradient T × (softmax(logits / T) − p) keeps its size as T changes (Hinton et al. 2015). Known classes and T = 1 make it
// the usual cross-entropy.
//
// A step's gradient is g + λ w + μ (w − w₀) + offset, for weight decay λ, the proximal term μ and each device's own offset; the
// optimiser computes the step from it. Where gradients × k give steps × k, as with SGD, gradients are multiplied by η beforehand, and
// so is the optimiser's state: plain SGD then needs no further multiplication.

import { dispose, div, mul, softmax, sub, type Tensor4D, tensor4d, tidy, transpose } from '@tensorflow/tfjs-core';
import type { Mask } from '../../sim/model/masks.ts';
import type { ModelSpec } from '../../sim/model/models.ts';
import { entryOf, type LocalOptimiser, plainSgd } from '../../sim/optimisers/index.ts';
import { type Column, makeBatch, makeDropoutMasks } from './batches.ts';
import { algebra, type LayerWeights, layersFrom, sliceDevices, subtract, tensorsOf } from './layer-weights.ts';
import { forward } from './stacked-model.ts';
import { reportTrainingStep } from './training-progress.ts';

/** Once this share of the columns has finished, the program continues without them. */
const IDLE_SHARE_TO_NARROW = 0.25;
/** Logits that may wait to be read, 8 MB: then the program pauses. */
const MAX_PENDING_LOGITS = 2 ** 21;

type FinishedColumns = {
  /** The columns from `first` on, except those that were removed earlier. */
  first: number;
  /** Their weights after training. */
  layers: LayerWeights[];
};

type ProgramOutput = {
  /** Logits of every step since the last pause, [1, samples, devices, classes] for the columns that were in the program then. */
  logits: Tensor4D[];
  /** In the order of their removal: the last columns first. */
  finished: FinishedColumns[];
};

/** The tensors that a step passes to the next one. */
type ProgramState = {
  layers: LayerWeights[];
  /** The optimiser's state: each entry as large as the weights. */
  optimiser: LayerWeights[][];
  /** The weights before the first step; empty without a proximal term. */
  starts: LayerWeights[];
  /** Added to each column's gradients; empty where no column has an offset. */
  offsets: LayerWeights[];
  /** 1 for weights that a column trains, 0 for the others; empty where every column trains all. */
  masks: LayerWeights[];
};

const emptyState: ProgramState = { layers: [], optimiser: [], starts: [], offsets: [], masks: [] };

export interface TrainingOptions {
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
  /** Whether all steps are computed. */
  readonly isDone: () => boolean;
  /** Computes steps until all are done or the limit of unread logits is reached. The caller disposes the output. */
  readonly advance: () => ProgramOutput;
  /** Disposes the program's remaining tensors. */
  readonly dispose: () => void;
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

/** Whether a zero gradient leaves a column's weights unchanged: then finished columns may stay in the program for a while. */
function staysWithoutGradient(
  { optimiser = plainSgd, weightDecay = 0, proximal = 0 }: TrainingOptions,
  columns: readonly Column[],
): boolean {
  if (weightDecay > 0 || proximal > 0 || columns.some(({ learner }) => learner.offset)) return false;
  return entryOf(optimiser).stateFloats(optimiser) === 0;
}

/** A program for columns that are sorted longest first and train at least one step. */
export function openProgram(
  model: ModelSpec,
  columns: readonly Column[],
  options: TrainingOptions,
  maxPendingLogits = MAX_PENDING_LOGITS,
): Program {
  // A finished column whose weights would still change is removed at once.
  const idleShare = staysWithoutGradient(options, columns) ? IDLE_SHARE_TO_NARROW : 0;
  const { steps } = columns[0];
  const starts = columns.map((column) => column.learner.start);
  let state: ProgramState = tidy(() => {
    const layers = layersFrom(model, starts);
    return {
      layers,
      optimiser: [],
      starts: (options.proximal ?? 0) > 0 ? layers : [],
      offsets: offsetsOf(model, columns, gradientScale(options)),
      masks: weightMasks(model, columns),
    };
  });
  let remaining = columns;
  let step = 0;

  /** Disposes the present state's tensors, except those that the next state shares. */
  const replaceState = (next: ProgramState): void => {
    const shared = new Set(stateTensors(next));
    dispose(stateTensors(state).filter((tensor) => !shared.has(tensor)));
    state = next;
  };

  const isDone = (): boolean => step === steps;
  const advance = (): ProgramOutput => {
    const logits: Tensor4D[] = [];
    const finished: FinishedColumns[] = [];
    let pendingLogits = 0;
    while (!isDone() && pendingLogits < maxPendingLogits) {
      const active = remaining.filter((column) => column.steps > step).length;
      if (active < remaining.length && active <= remaining.length * (1 - idleShare)) {
        finished.push({ first: active, layers: tidy(() => sliceDevices(state.layers, active, remaining.length)) });
        replaceState(tidy(() => sliceState(state, active)));
        remaining = columns.slice(0, active);
      }
      const trained = tidy(() => trainStep(model, state, remaining, step, options));
      replaceState(trained.state);
      logits.push(trained.logits);
      pendingLogits += trained.logits.size;
      step++;
      reportTrainingStep();
    }
    if (isDone()) {
      const { layers } = state;
      finished.push({ first: 0, layers });
      replaceState({ ...emptyState, layers });
      state = emptyState;
    }
    return { logits, finished };
  };
  return { isDone, advance, dispose: () => dispose(stateTensors(state)) };
}

/** The factor of the gradients that the optimiser receives. */
const gradientScale = ({ learningRate, optimiser = plainSgd }: TrainingOptions): number =>
  entryOf(optimiser).isHomogeneous ? learningRate : 1;

/** The logits before the step and the state after it. A column without samples in this step keeps its weights exactly. */
function trainStep(
  model: ModelSpec,
  state: ProgramState,
  columns: readonly Column[],
  step: number,
  options: TrainingOptions,
): { logits: Tensor4D; state: ProgramState } {
  const { learningRate, temperature, unitScales = [], optimiser = plainSgd } = options;
  const scale = gradientScale(options);
  const batch = makeBatch(columns, step, scale * temperature, model);
  const features = tensor4d(batch.features, [1, batch.samples, columns.length, model.features]);
  const shape: [number, number, number, number] = [1, batch.samples, columns.length, model.classes];
  const masks = dropoutMasks(model, columns, step, batch.samples);
  const input = transpose(features, [0, 1, 3, 2]);
  const { logits, backward } = forward(model, state.layers, input, masks, unitScales);
  const softened = temperature === 1 ? logits : div<Tensor4D>(logits, temperature);
  const weighted = mul<Tensor4D>(softmax(softened), tensor4d(batch.rates, shape));
  const gradients = totalGradients(backward(sub(weighted, tensor4d(batch.targets, shape))), state, options, scale);
  const { isHomogeneous, step: stepOf } = entryOf(optimiser);
  const own = stepOf(algebra, gradients, state.optimiser, optimiser, step + 1);
  const updates = isHomogeneous ? own.direction : algebra.scale(own.direction, learningRate);
  const layers = subtract(state.layers, updates);
  return { logits, state: { ...state, layers, optimiser: [...own.state] } };
}

/** The gradients of the loss with weight decay, proximal term and offsets; 0 for weights that are not trained. */
function totalGradients(
  gradients: LayerWeights[],
  { layers, starts, offsets, masks }: ProgramState,
  { weightDecay = 0, proximal = 0 }: TrainingOptions,
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

/** 1 where a column trains a weight, 0 where it does not; empty where every column trains all. */
function weightMasks(model: ModelSpec, columns: readonly Column[]): LayerWeights[] {
  if (columns.every(({ learner }) => !learner.mask)) return [];
  const all = new Float32Array(model.parameters).fill(1);
  // Members that share a mask share its floats, so that stacking transposes them once.
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
  const masks = makeDropoutMasks(columns, step, samples, { units, rate });
  return masks.map((mask, layer) => tensor4d(mask, [1, samples, columns.length, units[layer]]));
}
