// The interface of local training: all that the simulation needs of a machine-learning backend. `run` receives an implementation,
// so that the whole hierarchy, its energy and its bytes can be tested with a trivial one in milliseconds.

import type { LabelledData } from './data/dataset.ts';
import type { Mask } from './model/masks.ts';
import type { ModelSpec } from './model/models.ts';
import type { LocalOptimiser } from './optimisers/index.ts';
import type { Rng } from './random.ts';

export interface CohortMember {
  readonly data: LabelledData;
  /** Weights this device starts from, flat; members that share the same array start alike. */
  readonly start: Float32Array;
  readonly epochs: number;
  /** SGD steps after which it stops, within its epochs; all of the epochs' steps if left out. */
  readonly steps?: number | undefined;
  /** 1 for the weights that it trains; the others never move. All are trained if left out. */
  readonly mask?: Mask | undefined;
  /** Added to the gradient of each step, flat: SCAFFOLD's c − cᵢ (Karimireddy et al. 2020). Nothing if left out. */
  readonly offset?: Float32Array | undefined;
  /** Decides this device's shuffles and dropout, and nothing else does. */
  readonly rng: Rng;
}

/** Devices that share an architecture and train side by side. */
export interface Cohort {
  readonly model: ModelSpec;
  readonly learningRate: number;
  readonly batchSize: number;
  /** Its state begins empty, and belongs to this training alone. Plain SGD if left out. */
  readonly optimiser?: LocalOptimiser | undefined;
  /** λ: each step's gradient gets λ × weights, as in PyTorch's optimisers. 0 if left out. */
  readonly weightDecay?: number | undefined;
  /** μ: each step's gradient gets μ × (weights − start) (FedProx, Li et al. 2020). 0 if left out. */
  readonly proximal?: number | undefined;
  /** False keeps the samples in their given order (the reference trajectories need that). Default true. */
  readonly shuffle?: boolean;
  /** What each hidden layer's outputs are multiplied by while training, one a layer; 1 if left out. Evaluation never scales. */
  readonly unitScales?: readonly number[];
  readonly members: readonly CohortMember[];
}

export interface MemberResult {
  /** Weights after training, flat, in the model's layout. */
  readonly weights: Float32Array;
  /** Mean cross-entropy over the mini-batches, measured as they were trained on (nats). */
  readonly loss: number;
  /** Share of the training samples that were predicted right while training, 0 … 1. */
  readonly accuracy: number;
  /** SGD steps taken; the last mini-batch of an epoch may be smaller, as in PyTorch's DataLoader. */
  readonly steps: number;
  /** Mean cross-entropy of each step, in order. */
  readonly stepLosses: Float32Array;
}

export interface Evaluation {
  /** Mean cross-entropy over the data (nats). */
  readonly loss: number;
  /** Share predicted right, 0 … 1. */
  readonly accuracy: number;
  /** classes × classes, row = true class, column = predicted. */
  readonly confusion: Uint32Array;
}

/** One student, one teacher, and samples that need no labels. */
export interface Distillation {
  readonly model: ModelSpec;
  /** Weights the student starts from, flat. */
  readonly start: Float32Array;
  /** samples × features, row after row. */
  readonly features: Float32Array;
  /** The teacher's probabilities of each sample, samples × classes, at the same temperature as the student's. */
  readonly teacher: Float32Array;
  readonly temperature: number;
  readonly learningRate: number;
  readonly batchSize: number;
  readonly epochs: number;
  /** 1 for the weights that are trained; the others never move. All are trained if left out. */
  readonly mask?: Mask | undefined;
  /** Decides the shuffles. */
  readonly rng: Rng;
}

export interface DistillationResult {
  /** The student's weights after training, flat. */
  readonly weights: Float32Array;
  /**
   * temperature² × KL(teacher ‖ student), its mean over the last epoch's mini-batches, measured as they were trained on
   * (nats); NaN after no epochs.
   */
  readonly loss: number;
}

export interface LocalTrainer {
  /** Where it computes: "wasm", "webgl", "cpu" … */
  readonly backend: string;
  /** Trains every member by mini-batches on cross-entropy, all at once. Results are in the order of the members. */
  train(cohort: Cohort): Promise<MemberResult[]>;
  /** Measures one model on held-out data. Never trains, never drops units out. */
  evaluate(model: ModelSpec, weights: Float32Array, data: LabelledData): Promise<Evaluation>;
  /** Probabilities of each class, softened by a temperature: samples × classes, row after row. */
  predict(model: ModelSpec, weights: Float32Array, features: Float32Array, temperature: number): Promise<Float32Array>;
  /** Trains one model towards a teacher's soft labels on unlabelled samples (Hinton et al. 2015; FedDF, Lin et al. 2020). */
  distil(request: Distillation): Promise<DistillationResult>;
}
