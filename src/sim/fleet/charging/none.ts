// None: batteries are never charged.

import type { Charging } from './charging.ts';

export const none: Charging = {
  id: 'none',
  label: 'None',
  help: 'Batteries are never charged.',
  settings: {},
  powerFraction: () => 0,
  meanPowerFraction: () => 0,
};
