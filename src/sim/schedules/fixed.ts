// Fixed: the local epochs that the experiment asks for, whatever the battery says. The tutorial's own.

import type { Schedule } from './schedule.ts';

export const fixed: Schedule = {
  id: 'fixed',
  label: 'Fixed',
  help: 'All local epochs, whatever the battery.',
  settings: {},
  epochs: ({ epochs }) => epochs,
};
