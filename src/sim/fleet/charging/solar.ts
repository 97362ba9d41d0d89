// Solar: a small panel. From 6:00 to 18:00 the sun gives half a sine, times the day's clearness: what clouds let through, drawn
// for each day, the same for all devices, as they stand under one sky. An equinox without seasons; that clearness is uniform
// from 20 % (overcast) to 100 % is an estimate. The mean is exact: the integral of the sine over each day's part.

import type { Rng } from '../../random.ts';
import { roundLastBits } from '../../round-last-bits.ts';
import type { Charging } from './charging.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;
const SUNRISE = 6 * HOUR;
const DAYLIGHT = 12 * HOUR;
const OVERCAST = 0.2;

const clearness = (day: number, rng: Rng): number => rng.split('day', day).between(OVERCAST, 1);

/** Part of the daylight that is over at a time of day, 0 … 1. */
const daylightOver = (timeOfDay: number): number => Math.min(1, Math.max(0, (timeOfDay - SUNRISE) / DAYLIGHT));

/** Seconds of full sun between two times of one clear day. */
const sunshine = (from: number, to: number): number =>
  (DAYLIGHT / Math.PI) *
  (roundLastBits(Math.cos(Math.PI * daylightOver(from))) - roundLastBits(Math.cos(Math.PI * daylightOver(to))));

const share = (time: number, rng: Rng): number => {
  const day = Math.floor(time / DAY);
  const over = daylightOver(time - day * DAY);
  return over > 0 && over < 1 ? roundLastBits(Math.sin(Math.PI * over)) * clearness(day, rng) : 0;
};

export const solar: Charging = {
  id: 'solar',
  label: 'Solar',
  help: 'A panel from 6:00 to 18:00, most at noon; some days are cloudy.',
  settings: {},
  powerFraction: (_device, time, _settings, rng) => share(time, rng),
  meanPowerFraction: (_device, from, to, _settings, rng) => {
    if (to <= from) return share(from, rng);
    let total = 0;
    for (let day = Math.floor(from / DAY); day * DAY < to; day++) {
      total += clearness(day, rng) * sunshine(from - day * DAY, to - day * DAY);
    }
    return total / (to - from);
  },
};
