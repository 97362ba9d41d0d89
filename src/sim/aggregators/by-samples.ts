// The mean of the updates, each weighted by the samples behind it: by tiers it equals flat FedAvg (McMahan et al. 2017).

import type { Aggregator } from './aggregator.ts';
import { meanMacs, weightedMean } from './weighted-mean.ts';

export const bySamples: Aggregator = {
  id: 'samples',
  label: 'By samples',
  help: 'An update counts by the samples behind it.',
  source: 'McMahan et al. 2017',
  settings: {},
  needs: 'sums',
  macs: meanMacs,
  combine: (updates) => weightedMean(updates, 'samples'),
};
