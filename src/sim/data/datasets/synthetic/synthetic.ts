// Synthetic(α, β) of Li et al. 2020 (FedProx), section 5.1: how it is drawn is in synthetic-source.ts.

import type { Dataset } from '../../dataset.ts';
import { syntheticSettings, syntheticTask } from './synthetic-task.ts';

export const synthetic: Dataset<typeof syntheticSettings> = {
  id: 'synthetic',
  label: 'Synthetic(α, β)',
  help:
    'The FedProx paper’s own data: 60 random features, and ten classes by a linear rule. Each device has its own rule, as far from ' +
    'the others’ as α says, and its own mean of the features, as far as β says: it is partitioned by nature. In the paper’s way of ' +
    'drawing the rules α changes no label, because it adds the same to the scores of all classes; here it does what the paper says.',
  settings: syntheticSettings,
  nature: 'simulated',
  source: {
    text: 'Li et al. 2020, Federated optimization in heterogeneous networks, section 5.1',
    url: 'https://arxiv.org/abs/1812.06127',
  },
  task: syntheticTask,
  groupName: 'device',
  partitionedByNature: true,
  // Of no use to the page: loaded where data are dealt.
  open: async (context) => (await import('./synthetic-source.ts')).open(context),
};
