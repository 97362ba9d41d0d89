// The registry of datasets: a new one is one file and one line here.

import type { OwnSettings } from '../../experiment/variants.ts';
import type { Dataset } from '../dataset.ts';
import type { Task } from '../task.ts';
import { factoryMotors } from './motors/factory-motors.ts';
import { synthetic } from './synthetic/synthetic.ts';
import { tutorialNoise } from './tutorial-noise.ts';
import { weatherStations } from './weather/weather-stations.ts';

export const datasets = {
  'factory-motors': factoryMotors,
  'weather-stations': weatherStations,
  'tutorial-noise': tutorialNoise,
  synthetic,
} as const satisfies Record<string, Dataset<OwnSettings>>;

export type DatasetId = keyof typeof datasets;
export const datasetIds = Object.keys(datasets) as [DatasetId, ...DatasetId[]];

export const defaultDataset: DatasetId = 'factory-motors';

/** What an experiment's devices learn. */
export const taskOf = ({ dataset }: { readonly dataset: DatasetId }): Task => datasets[dataset].task;
