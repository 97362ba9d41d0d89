// The contract of a local optimiser: how a device turns gradients into steps. A value with functions; its state is a list of
// values as large as the model, which begins empty with each training. One file an optimiser.

import type { NoSettings, OwnSettings, ValuesOf, Variant } from '../experiment/variants.ts';

/** Arithmetic on all weights at once. Each learner brings its own: tensors of many devices, or one array. */
export interface Algebra<Values> {
  readonly add: (a: Values, b: Values) => Values;
  /** Weight by weight. */
  readonly multiply: (a: Values, b: Values) => Values;
  readonly divide: (a: Values, b: Values) => Values;
  readonly scale: (a: Values, factor: number) => Values;
  readonly addConstant: (a: Values, constant: number) => Values;
  readonly squareRoot: (a: Values) => Values;
}

export interface OptimiserStep<Values> {
  /** What is subtracted from the weights, once multiplied by the learning rate. */
  readonly direction: Values;
  readonly state: readonly Values[];
}

export interface Optimiser<Own extends OwnSettings = NoSettings> extends Variant<Own> {
  /** 32-bit numbers that it keeps for each weight while a device trains. */
  stateFloats(settings: ValuesOf<Own>): number;
  /** Multiply-accumulates a weight and step beyond those of plain SGD; a root and a division count as one each. */
  macs(settings: ValuesOf<Own>): number;
  /** Whether gradients × k make directions × k: then a learner may multiply by the learning rate first. */
  readonly isHomogeneous: boolean;
  /** @param step counted from 1 */
  step<Values>(
    algebra: Algebra<Values>,
    gradient: Values,
    state: readonly Values[],
    settings: ValuesOf<Own>,
    step: number,
  ): OptimiserStep<Values>;
}
