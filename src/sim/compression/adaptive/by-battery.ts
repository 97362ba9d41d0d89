// By battery: the emptier, the coarser, in even steps down the ladder; sending is what a small radio spends most on.

import { type AdaptivePolicy, rungAt } from './policy.ts';

export const byBattery: AdaptivePolicy = {
  id: 'by-battery',
  label: 'By battery',
  help: 'The emptier the battery, the coarser the codec; on mains the finest.',
  settings: {},
  source: 'The tutorial’s exercise 1',
  choose: ({ charge }) => rungAt(1 - charge),
};
