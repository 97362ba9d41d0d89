// Natural partition: a device has only samples of its own group (its machine, its city), in the group's own class mix.
// Caldas et al. 2018 (LEAF) call it the natural, per-user partition. Only the features are skewed by design.

import { normalised, type Partition } from './partition.ts';

export const group: Partition = {
  id: 'group',
  label: 'Own place',
  help: 'Every device draws from its own machine or city only, in the mix of classes found there.',
  source: {
    text: 'Caldas et al. 2018, LEAF: a benchmark for federated settings',
    url: 'https://arxiv.org/abs/1812.01097',
  },
  settings: {},
  dealsClasses: false,
  ownGroup: () => true,
  deviceShare: (settings, _deviceId, prior) => ({
    samples: settings.samplesPerDevice,
    mix: normalised(prior),
    ownGroup: true,
  }),
};
