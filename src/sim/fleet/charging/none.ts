// None: a battery is all that a device gets.

import type { Charging } from './charging.ts';

export const none: Charging = {
  id: 'none',
  label: 'None',
  help: 'Batteries are never charged.',
  settings: {},
  share: () => 0,
  meanShare: () => 0,
};
