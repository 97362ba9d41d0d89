// The mean of the updates, all alike: what the tutorial's fog does, and FedBuff with its buffer (Nguyen et al. 2022).

import type { Aggregator } from './aggregator.ts';
import { meanMacs, weightedMean } from './weighted-mean.ts';

export const uniform: Aggregator = {
  id: 'uniform',
  label: 'Uniform',
  help: 'All updates count alike.',
  source: 'Nguyen et al. 2022 (FedBuff); the tutorial’s fog',
  settings: {},
  needs: 'sums',
  macs: meanMacs,
  combine: (updates) => weightedMean(updates, 'uniform'),
};
