// Steady: every link keeps its figures.

import type { Trace } from './trace.ts';

export const steady: Trace = {
  id: 'steady',
  label: 'Steady',
  help: 'Every link keeps its rate.',
  settings: {},
  at: () => ({ rate: 1, loss: 0 }),
};
