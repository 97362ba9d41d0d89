// Mains: always plugged in, the battery only bridges.

import type { Charging } from './charging.ts';

export const mains: Charging = {
  id: 'mains',
  label: 'Always plugged in',
  help: 'The charger gives its full power at all times.',
  settings: {},
  share: () => 1,
  meanShare: () => 1,
};
