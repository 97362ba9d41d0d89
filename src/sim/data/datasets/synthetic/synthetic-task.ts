// Its task, and how far its devices differ.

import { choice, number } from '../../../experiment/settings.ts';
import { namedTask } from '../../task.ts';

const spread = {
  default: 1,
  min: 0,
  max: 2,
  step: 0.1,
  live: false,
} as const;

export const syntheticSettings = {
  syntheticModels: choice(
    [
      { id: 'around-one', label: 'Around one' },
      { id: 'published', label: 'As published' },
      { id: 'iid', label: 'IID variant' },
    ],
    {
      default: 'around-one',
      label: 'Labelling rules',
      help: 'Around one: the devices’ rules differ by α. As published: each its own, whatever α. IID: one rule, one distribution.',
      live: false,
    },
  ),
  syntheticAlpha: number({
    ...spread,
    label: 'Difference of rules, α',
    help: 'How far the rule by which a device labels its samples lies from the one that all share; at 0 all label alike.',
  }),
  syntheticBeta: number({
    ...spread,
    label: 'Difference of features, β',
    help: 'How far the mean of a device’s features lies from that of the others.',
  }),
};

export const syntheticTask = namedTask(
  Array.from({ length: 60 }, (_, index) => `feature ${index + 1}`),
  Array.from({ length: 10 }, (_, index) => `class ${index}`),
);
