// Threshold: all local epochs, or none while the battery is below a level; what a phone's job scheduler calls "battery not
// low". The tutorial's exercise 4.

import { number, percent } from '../experiment/settings.ts';
import type { Schedule } from './schedule.ts';

const own = {
  threshold: number({
    default: 0.3,
    min: 0,
    max: 1,
    step: 0.05,
    ...percent,
    label: 'Threshold',
    help: 'Below this charge a device does not train.',
    live: true,
  }),
};

export const threshold: Schedule<typeof own> = {
  id: 'threshold',
  label: 'Above a threshold',
  help: 'All local epochs, but none while the battery is below the threshold.',
  settings: own,
  epochs: ({ epochs, battery, settings }) => (battery < settings.threshold ? 0 : epochs),
};
