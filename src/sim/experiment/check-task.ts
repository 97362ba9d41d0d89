// Validates the models against the data set's task: enough features for each, and no device's model outside the families.

import { taskOf } from '../data/datasets/index.ts';
import { familyKindsOf } from '../model/model-specs.ts';
import { modelKindsFor, models } from '../model/models.ts';
import type { Experiment } from './experiment.ts';

/** @throws {RangeError} one sentence, with the path of the setting at fault as its first word. */
export function checkTask({ data, model, families, fleet }: Experiment): void {
  const { features } = taskOf(data);
  const hasFamilies = families.assignment === 'by-rule';
  const chosen = hasFamilies
    ? ([
        ['families.large', families.large],
        ['families.small', families.small],
      ] as const)
    : ([['model.kind', model.kind]] as const);
  for (const [path, kind] of chosen) {
    if (models[kind].minFeatures <= features) continue;
    throw new RangeError(
      `${path}: ${kind} needs at least ${models[kind].minFeatures} features, and data.dataset ${data.dataset} has ` +
        `${features}; possible are ${modelKindsFor({ features }).join(', ')}.`,
    );
  }
  if (!hasFamilies) return;
  const possible = familyKindsOf(families);
  for (const [id, kind] of Object.entries(fleet.models)) {
    if (possible.includes(kind)) continue;
    throw new RangeError(`fleet.models: ${id} takes ${kind}, and the families are of ${possible.join(' and ')}.`);
  }
}
