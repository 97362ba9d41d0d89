// FedCS: as many devices as fit the deadline. Nishio & Yonetani, "Client Selection for Federated Learning with Heterogeneous
// Resources in Mobile Edge", ICC 2019, protocol 2. First the resource request: a random share of the devices (their C; 0.1 of 1,000)
// is asked what it can do, so that it is not always the same ones that take part. Of these a greedy search takes who fits the
// deadline. Their uploads share one channel, one after another; here each device has a link of its own, so the greedy search comes
// down to taking those whose estimated time fits, fastest first. Without a deadline all fit, and the fastest are taken. If nobody
// fits, nobody is asked.

import { number, percent } from '../experiment/settings.ts';
import { sortedBy, sortedByNumber, weightedShuffle } from './order.ts';
import { countSettings, type Selection } from './selection.ts';

const own = {
  ...countSettings,
  requestFraction: number({
    default: 0.5,
    min: 0.01,
    max: 1,
    step: 0.01,
    ...percent,
    label: 'Resource request',
    help: 'Share of the able devices, drawn by lot, among which FedCS looks for those that make the deadline; 10 % in the paper.',
    live: true,
  }),
};

export const fedCs: Selection<typeof own> = {
  id: 'fed-cs',
  label: 'FedCS',
  help: 'Of a random share those expected to make the deadline, fastest first; without a deadline, the fastest.',
  source: 'Nishio & Yonetani 2019',
  settings: own,
  usesDeadline: true,
  select: ({ candidates, wanted, deadline, settings, rng }) => {
    // Rounded up as in the paper, but for what is only a float's error.
    const requests = Math.ceil(settings.requestFraction * candidates.length - 1e-9);
    const requested = weightedShuffle(candidates, () => 1, rng.split('resource request')).slice(0, requests);
    const fitting = sortedByNumber(requested).filter(({ estimate }) => estimate.total <= deadline);
    return sortedByNumber(sortedBy(fitting, ({ estimate }) => estimate.total).slice(0, wanted));
  },
};
