// Jitter: a link's rate varies by up to 10 % either way: a factor drawn uniformly every 10 s, independently for each link. The width
// is an assumption, not a measurement. A LoRa link keeps its data rate: up to 10 % of its packets are lost half of the time.

import type { Trace } from './trace.ts';

const SLOT = 10;
const WIDTH = 0.1;

export const jitter: Trace = {
  id: 'jitter',
  label: 'Jitter, ±10 %',
  help: 'Each link’s rate changes every 10 s, by up to 10 % either way. LoRa loses packets instead.',
  settings: {},
  at: (link, time, _settings, rng) => ({
    rate: rng.split(link, Math.floor(time / SLOT)).between(1 - WIDTH, 1 + WIDTH),
    loss: 0,
  }),
};
