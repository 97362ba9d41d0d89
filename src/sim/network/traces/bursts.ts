// Bursts: a link is good most of the time and now and then bad for a while, when 40 % of the packets are lost. After the two-state
// channel of Gilbert (1960) and Elliott (1963). Their state is a Markov chain, which must be followed from the start; here,
// so that any moment can be asked for, a disturbance begins in each 30 s slot with a fixed probability, independently, and lasts for
// that slot and the next. A link is bad for 10 % of the time, 65 s at a stretch on average.

import type { Trace } from './trace.ts';

const SLOT = 30;
const BAD_SHARE = 0.1;
const LOSS = 0.4;
/** A slot is good if no disturbance began in it or in the one before: (1 − onset)² = 1 − bad share. */
const ONSET = 1 - Math.sqrt(1 - BAD_SHARE);

export const bursts: Trace = {
  id: 'bursts',
  label: 'Bursts of loss',
  help: 'Each link is bad for a tenth of the time, a minute or so at a stretch; then 40 % of its packets are lost.',
  settings: {},
  at: (link, time, _settings, rng) => {
    const slot = Math.floor(time / SLOT);
    const beganIn = (at: number) => rng.split(link, at).uniform() < ONSET;
    return { rate: 1, loss: beganIn(slot) || beganIn(slot - 1) ? LOSS : 0 };
  },
};
