// IID: every device holds the same natural mix of classes, drawn from all groups alike. The easy case that the others are
// measured against. McMahan et al. 2017, section 3 ("IID").

import { normalised, type Partition } from './partition.ts';

export const iid: Partition = {
  id: 'iid',
  label: 'All alike (IID)',
  help: 'Every device holds the same mix of classes, drawn from all groups alike.',
  source: { text: 'McMahan et al. 2017, Communication-efficient learning', url: 'https://arxiv.org/abs/1602.05629' },
  settings: {},
  dealsClasses: false,
  ownGroup: () => false,
  deviceShare: (settings, _deviceId, prior) => ({
    samples: settings.samplesPerDevice,
    mix: normalised(prior),
    ownGroup: false,
  }),
};
