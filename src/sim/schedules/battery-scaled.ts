// Battery-scaled: local epochs in proportion to the battery's level, at least one while any is left. The tutorial's exercise 4.
// Devices then do unequal work, which FedAvg bears within limits: Wang et al., "Tackling the Objective Inconsistency Problem in
// Heterogeneous Federated Optimization" (FedNova), NeurIPS 2020.

import type { Schedule } from './schedule.ts';

export const batteryScaled: Schedule = {
  id: 'battery-scaled',
  label: 'Scaled by battery',
  help: 'Local epochs in proportion to the battery’s level, at least one.',
  settings: {},
  epochs: ({ epochs, battery }) => (battery > 0 ? Math.max(1, Math.round(epochs * battery)) : 0),
};
