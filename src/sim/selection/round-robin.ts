// Round-robin: whoever waited longest is next, so that all take part equally often. Yang et al., "Scheduling Policies for
// Federated Learning in Wireless Networks", IEEE Transactions on Communications 2020.

import { sortedBy, sortedByNumber } from './order.ts';
import { countSettings, type Selection } from './selection.ts';

export const roundRobin: Selection<typeof countSettings> = {
  id: 'round-robin',
  label: 'Round-robin',
  help: 'In turn: whoever waited longest is next.',
  source: 'Yang et al. 2020',
  settings: countSettings,
  select: ({ candidates, wanted }) =>
    sortedByNumber(sortedBy(candidates, ({ lastReport }) => lastReport?.round ?? -Infinity).slice(0, wanted)),
};
