// Day and night: the network's load. Others use it too, most of all in the evening: at 20:00 a link has 30 % of its rate, at 4:00
// all of it, and a cosine leads smoothly from one to the other and back. The same for all links, as they are in one place. The
// shape is an estimate after the daily curve of residential traffic. A LoRa link keeps its data rate and loses packets to
// others' instead, so that the same share gets through at every spreading factor (`linkWithTrace` in ../link.ts).

import { roundLastBits } from '../../round-last-bits.ts';
import type { Trace } from './trace.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;
const QUIET = 4 * HOUR;
const PEAK = 20 * HOUR;
const LOWEST = 0.3;

/** The load, 0 at the quiet hour … 1 at the peak: 16 hours up, 8 hours down. */
function loadAt(time: number): number {
  const sinceQuiet = (time + DAY - QUIET) % DAY;
  const rise = PEAK - QUIET;
  const phase = sinceQuiet < rise ? sinceQuiet / rise : 1 + (sinceQuiet - rise) / (DAY - rise);
  return (1 - roundLastBits(Math.cos(Math.PI * phase))) / 2;
}

export const dayNight: Trace = {
  id: 'day-night',
  label: 'Day and night',
  help: 'The network is busy in the evening: 30 % of the rate is left at 20:00, all of it at 4:00. LoRa loses packets instead.',
  settings: {},
  at: (_link, time) => ({ rate: 1 - (1 - LOWEST) * loadAt(time), loss: 0 }),
};
