// Always: every device can be reached at any time.

import type { Availability } from './availability.ts';

export const always: Availability = {
  id: 'always',
  label: 'Always',
  help: 'Every device can be reached at any time.',
  settings: {},
  isOn: () => true,
  onUntil: () => Number.POSITIVE_INFINITY,
};
