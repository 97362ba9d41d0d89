// Factory motors: every device watches its own machine and learns to tell five conditions apart from 16 band levels of its
// vibration. motor-source.ts makes the samples.

import type { Dataset } from '../../dataset.ts';
import { namedTask } from '../../task.ts';
import { BANDS, bandEdges, conditions } from './motor-task.ts';

const formatHertz = (hertz: number): string => (hertz < 100 ? hertz.toFixed(1) : hertz.toFixed(0));

export const factoryMotors: Dataset = {
  id: 'factory-motors',
  label: 'Factory motors',
  help:
    'Vibration of electric motors, one motor a device: is it healthy, out of balance, misaligned, loose, or is its bearing ' +
    'worn? Each motor has its own speed, noise and mounting, so what one learns does not simply hold for the next.',
  settings: {},
  nature: 'simulated',
  source: {
    text:
      'Synthesised in your browser from the signal models in Randall, Vibration-based Condition Monitoring (2011), and ' +
      'Randall & Antoni (2011)',
    url: 'https://doi.org/10.1016/j.ymssp.2010.07.017',
  },
  task: namedTask(
    Array.from(
      { length: BANDS },
      (_, band) => `level ${formatHertz(bandEdges[band])}–${formatHertz(bandEdges[band + 1])} Hz`,
    ),
    conditions,
  ),
  groupName: 'machine',
  open: async (context) => (await import('./motor-source.ts')).openMotors(context),
};
