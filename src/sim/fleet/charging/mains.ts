// Mains: always plugged in.

import type { Charging } from './charging.ts';

export const mains: Charging = {
  id: 'mains',
  label: 'Always plugged in',
  help: 'The charger gives its full power at all times.',
  settings: {},
  powerFraction: () => 1,
  meanPowerFraction: () => 1,
};
