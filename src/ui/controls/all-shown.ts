// All settings that the panel's sections show of an experiment, for tests: a variant's own settings must be among them.

import type { Experiment } from '../../sim/experiment/experiment.ts';
import * as shown from './shown-settings.ts';

const lists: readonly ((experiment: Experiment) => readonly string[])[] = [
  shown.dataSettings,
  shown.moreDataSettings,
  shown.modelSettings,
  shown.moreModelSettings,
  shown.trainingSettings,
  shown.moreTrainingSettings,
  shown.compressionSettings,
  shown.modelSideSettings,
  (experiment) =>
    (['device', 'gateway', 'fog', 'down'] as const).flatMap((tier) => shown.pipelineSettings(experiment, tier)),
  shown.selectionSettings,
  shown.aggregationSettings,
  shown.linksSettings,
  shown.powerSettings,
  shown.fleetSettings,
  shown.runSettings,
];

export const allShown = (experiment: Experiment): readonly string[] => lists.flatMap((list) => list(experiment));
