// The registry of models: a new one is one file and one line here.

import type { TaskShape } from '../data/task.ts';
import type { OwnSettings, SettingsOfAll, ValuesOf } from '../experiment/variants.ts';
import type { Rng } from '../random.ts';
import type { Architecture, Model } from './architecture.ts';
import { sizeOf } from './layers.ts';
import { logisticRegression } from './models/logistic-regression.ts';
import { microCnn } from './models/micro-cnn.ts';
import { tinyMlp } from './models/tiny-mlp.ts';

export { sizeOf } from './layers.ts';

/** A record names a model by its place in the map: new ones go to the end. */
export const models = {
  'tiny-mlp': tinyMlp,
  'micro-cnn': microCnn,
  'logistic-regression': logisticRegression,
} as const satisfies Record<string, Model<OwnSettings>>;

export type ModelKind = keyof typeof models;
export const modelKinds = Object.keys(models) as [ModelKind, ...ModelKind[]];

/** The models that a task has features enough for. */
export const modelKindsFor = ({ features }: Pick<TaskShape, 'features'>): readonly ModelKind[] =>
  modelKinds.filter((kind) => models[kind].minFeatures <= features);

/** The settings of all models. */
export type ModelSettings = ValuesOf<SettingsOfAll<typeof models>>;

export interface ModelSpec extends Architecture {
  readonly kind: ModelKind;
  readonly label: string;
}

/** @throws {RangeError} if the task has too few features for the model */
export function modelSpec(kind: ModelKind, task: TaskShape, settings: ModelSettings): ModelSpec {
  const model: Model<OwnSettings> = models[kind];
  const { label, minFeatures } = model;
  if (task.features < minFeatures) {
    throw new RangeError(
      `model.kind ${kind} needs at least ${minFeatures} features; the data set has ${task.features}.`,
    );
  }
  return { kind, label, ...model.build(task, settings) };
}

/** A model of the same kind with fewer units in each hidden layer. */
export const withUnits = (model: ModelSpec, units: readonly number[]): ModelSpec => ({
  kind: model.kind,
  label: model.label,
  ...models[model.kind].withUnits(model, units),
});

/** Start weights: uniform within ± each tensor's bound. */
export function initialWeights(model: Architecture, rng: Rng): Float32Array {
  const weights = new Float32Array(model.parameters);
  let at = 0;
  for (const { bound, shape } of model.tensors) {
    const end = at + sizeOf(shape);
    while (at < end) weights[at++] = rng.between(-bound, bound);
  }
  return weights;
}
