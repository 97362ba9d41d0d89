// Battery-aware: the fullest batteries first, and none below a floor, so that the fleet's batteries empty evenly and none
// completely. Devices on mains are always full. The plainest reading of the tutorial's "energy" challenge; if no device
// is above the floor the round goes without any.

import { number, percent } from '../experiment/settings.ts';
import { sortedBy, sortedByNumber } from './order.ts';
import { countSettings, type Selection } from './selection.ts';

const own = {
  ...countSettings,
  batteryFloor: number({
    default: 0.3,
    min: 0,
    max: 1,
    step: 0.05,
    ...percent,
    label: 'Battery floor',
    help: 'The battery-aware policy asks no device below this charge.',
    live: true,
  }),
};

export const batteryAware: Selection<typeof own> = {
  id: 'battery-aware',
  label: 'Battery-aware',
  help: 'The fullest batteries first; none below the floor.',
  settings: own,
  select: ({ candidates, wanted, settings }) => {
    const able = candidates.filter(({ battery }) => battery >= settings.batteryFloor);
    return sortedByNumber(sortedBy(able, ({ battery }) => -battery).slice(0, wanted));
  },
};
