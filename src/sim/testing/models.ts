// Models for tests: the tutorial's task, 16 features and 5 classes, by default.

import type { TaskShape } from '../data/task.ts';
import { defaultsOf, settingsOfAll } from '../experiment/variants.ts';
import { type ModelSpec, modelSpec, models } from '../model/models.ts';

export const tutorialTask: TaskShape = { features: 16, classes: 5 };

const defaults = { ...defaultsOf(settingsOfAll(models)), hiddenLayers: 2, hidden: 32, dropout: 0.1, rank: 0 };

/** Two hidden layers of one width, or as many as widths are given. */
export function tinyMlp(
  hidden: number | readonly number[] = 32,
  dropout = 0.1,
  rank = 0,
  task = tutorialTask,
): ModelSpec {
  const [first, hidden2 = 0, hidden3 = 0, hidden4 = 0] = typeof hidden === 'number' ? [hidden] : hidden;
  const hiddenLayers = typeof hidden === 'number' ? 2 : hidden.length;
  const widths = { hiddenLayers, hidden: first, hidden2, hidden3, hidden4 };
  return modelSpec('tiny-mlp', task, { ...defaults, ...widths, dropout, rank });
}

export const microCnn = (rank = 0, task = tutorialTask): ModelSpec =>
  modelSpec('micro-cnn', task, { ...defaults, rank });

export const logisticRegression = (rank = 0, task = tutorialTask): ModelSpec =>
  modelSpec('logistic-regression', task, { ...defaults, rank });
