// Random: each device goes on and off by itself, for spans drawn from exponential distributions with the given means: a
// two-state Markov process in continuous time. Simulating it from the start would take ever longer, so it
// starts again after each 32 mean cycles, from its stationary distribution: any moment then costs some 32 draws on average. As
// exponential spans have no memory, a device is on with probability
// meanOn ÷ (meanOn + meanOff) at every moment; only one span in 64 is cut short or joined to its neighbour by a restart.

import { number } from '../../experiment/settings.ts';
import type { ValuesOf } from '../../experiment/variants.ts';
import type { Rng } from '../../random.ts';
import { roundLastBits } from '../../round-last-bits.ts';
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

/** Whether a device is on at a time, and when the span that the time lies in ends: at the latest with its segment. */
function spanAt(
  device: number,
  time: number,
  { meanOn, meanOff }: ValuesOf<typeof own>,
  rng: Rng,
): { readonly on: boolean; readonly end: number } {
  const segment = CYCLES * (meanOn + meanOff);
  const start = Math.floor(time / segment);
  const chance = rng.split('device', device, start);
  let on = chance.uniform() < meanOn / (meanOn + meanOff);
  let left = time - start * segment;
  for (;;) {
    left -= -(on ? meanOn : meanOff) * roundLastBits(Math.log(1 - chance.uniform()));
    if (left < 0) return { on, end: Math.min(time - left, (start + 1) * segment) };
    on = !on;
  }
}

export const random: Availability<typeof own> = {
  id: 'random',
  label: 'Random on and off',
  help: 'Each device comes and goes by itself, on and off for the given means.',
  settings: own,
  isOn: (device, time, settings, rng) => {
    if (settings.meanOff <= 0) return true;
    return settings.meanOn > 0 && spanAt(device, time, settings, rng).on;
  },
  onUntil: (device, time, settings, rng) => {
    if (settings.meanOff <= 0) return Number.POSITIVE_INFINITY;
    let until = time;
    // A segment may begin on, right after one that ended on.
    for (let span = spanAt(device, time, settings, rng); span.on; span = spanAt(device, until, settings, rng)) {
      if (span.end <= until) return until;
      until = span.end;
    }
    return until;
  },
};
