// The models of an experiment, by kind. They depend on nothing but its settings, and each of up to ten thousand devices needs them in
// every round: they are built once for each experiment, which never changes (an edit makes a new one).

import { taskOf } from '../data/datasets/index.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { type ModelKind, type ModelSpec, modelKinds, modelSpec } from './models.ts';
import { subModelOf } from './sub-models.ts';

interface Specs {
  readonly whole: ModelSpec;
  readonly trained: ModelSpec;
}

const known = new WeakMap<Experiment, Map<ModelKind, Specs>>();

function specsOf(kind: ModelKind, experiment: Experiment): Specs {
  const own = known.get(experiment) ?? new Map<ModelKind, Specs>();
  known.set(experiment, own);
  const before = own.get(kind);
  if (before) return before;
  const whole = modelSpec(kind, taskOf(experiment.data), experiment.model);
  const specs = { whole, trained: subModelOf(whole, experiment.subModels.keep) };
  own.set(kind, specs);
  return specs;
}

export const modelSpecOf = (kind: ModelKind, experiment: Experiment): ModelSpec => specsOf(kind, experiment).whole;

/** What of it a device trains: all, or a sub-model (federated dropout). */
export const trainedSpecOf = (kind: ModelKind, experiment: Experiment): ModelSpec => specsOf(kind, experiment).trained;

/** The kinds of model that an experiment trains, in the registry's order. */
export const modelKindsOf = ({ families, model }: Experiment): readonly ModelKind[] =>
  families.assignment === 'one' ? [model.kind] : familyKindsOf(families);

/** The kinds that families are of, where there are any. */
export const familyKindsOf = ({ large, small }: Experiment['families']): readonly ModelKind[] =>
  modelKinds.filter((kind) => kind === large || kind === small);
