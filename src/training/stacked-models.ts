// The models that can be trained: a new one is one file and one line here.

import type { ModelKind } from '../sim/model/models.ts';
import { microCnn } from './micro-cnn.ts';
import type { StackedModel } from './stacked-model.ts';
import { tinyMlp } from './tiny-mlp.ts';

export const stackedModels: Readonly<Record<ModelKind, StackedModel>> = {
  'tiny-mlp': tinyMlp,
  'micro-cnn': microCnn,
};
