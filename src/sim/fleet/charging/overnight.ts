// Overnight: on the charger from 22:00 to 6:00, at full power, as a phone is. The mean is exact.

import type { Charging } from './charging.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;
const PLUGGED = 22 * HOUR;
const UNPLUGGED = 6 * HOUR;
const NIGHT = DAY - PLUGGED + UNPLUGGED;

/** Seconds on the charger up to a time, beginning with day 1 at 0:00. */
function charged(time: number): number {
  const days = Math.floor(time / DAY);
  const timeOfDay = time - days * DAY;
  return days * NIGHT + Math.min(timeOfDay, UNPLUGGED) + Math.max(0, timeOfDay - PLUGGED);
}

const powerFraction = (_device: number, time: number): number => {
  const timeOfDay = time % DAY;
  return timeOfDay < UNPLUGGED || timeOfDay >= PLUGGED ? 1 : 0;
};

export const overnight: Charging = {
  id: 'overnight',
  label: 'Overnight',
  help: 'On the charger from 22:00 to 6:00.',
  settings: {},
  powerFraction,
  meanPowerFraction: (device, from, to) =>
    to > from ? Math.min(1, (charged(to) - charged(from)) / (to - from)) : powerFraction(device, from),
};
