// Random: each device goes on and off by itself, for spans drawn from exponential distributions with the given means: a
// two-state Markov process in continuous time. Following it from the start would take ever longer, so it starts anew, on
// with the share of time that it is on in the long run, after each 32 mean cycles: a moment then costs some 32 draws on
// average, wherever it lies. As exponential spans have no memory, a device is on with probability
// meanOn ÷ (meanOn + meanOff) at every moment; only one span in 64 is cut short or joined to its neighbour by a new start.

import { number } from '../../experiment/settings.ts';
import { portable } from '../../record/portable.ts';
import type { Availability } from './availability.ts';

const CYCLES = 32;

const own = {
  meanOn: number({
    default: 3600,
    min: 1,
    max: 86_400,
    step: 1,
    scale: 'log',
    unit: 's',
    label: 'Mean time on',
    help: 'Mean seconds that a device stays on in the random pattern.',
    live: true,
  }),
  meanOff: number({
    default: 1200,
    min: 1,
    max: 86_400,
    step: 1,
    scale: 'log',
    unit: 's',
    label: 'Mean time off',
    help: 'Mean seconds that a device stays off in the random pattern.',
    live: true,
  }),
};

export const random: Availability<typeof own> = {
  id: 'random',
  label: 'Random on and off',
  help: 'Each device comes and goes by itself, on and off for the given means.',
  settings: own,
  isOn: (device, time, { meanOn, meanOff }, rng) => {
    if (meanOff <= 0) return true;
    if (meanOn <= 0) return false;
    const stretch = CYCLES * (meanOn + meanOff);
    const start = Math.floor(time / stretch);
    const own = rng.split('device', device, start);
    let on = own.uniform() < meanOn / (meanOn + meanOff);
    let left = time - start * stretch;
    for (;;) {
      left -= -(on ? meanOn : meanOff) * portable(Math.log(1 - own.uniform()));
      if (left < 0) return on;
      on = !on;
    }
  },
};
