// Round-robin: whoever waited longest is next, so that all take part equally often. Yang et al., "Scheduling Policies for
// Federated Learning in Wireless Networks", IEEE Transactions on Communications 2020.

import { byNumber, ordered } from './order.ts';
import { type Selection, share } from './selection.ts';

export const roundRobin: Selection<typeof share> = {
  id: 'round-robin',
  label: 'Round-robin',
  help: 'In turn: whoever waited longest is next.',
  source: 'Yang et al. 2020',
  settings: share,
  select: ({ candidates, wanted }) =>
    byNumber(ordered(candidates, ({ told }) => told?.round ?? -Infinity).slice(0, wanted)),
};
