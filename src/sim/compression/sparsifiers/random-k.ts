// Random-k: keeps k values of each tensor, drawn without looking at them. Divided by the share that is kept, they are right on
// average. Sender and receiver draw the same positions from a seed, so that none of them travels: Konečný et al. 2016,
// "Federated Learning: Strategies for Improving Communication Efficiency" (random masks). Error bound: on average the error's
// sum of squares is n/k − 1 times the tensor's own; 1 − k/n if they are not scaled up.

import type { Rng } from '../../random.ts';
import { keepSetting, keptCount, type Sparsifier, stageName } from './sparsifier.ts';

/** Floyd's draw of k of n: every subset is as likely, in k steps. */
function draw(length: number, count: number, rng: Rng): Uint32Array {
  const isDrawn = new Uint8Array(length);
  for (let last = length - count; last < length; last++) {
    const pick = rng.integer(last + 1);
    isDrawn[isDrawn[pick] === 1 ? last : pick] = 1;
  }
  const positions = new Uint32Array(count);
  let kept = 0;
  for (let i = 0; i < length; i++) if (isDrawn[i] === 1) positions[kept++] = i;
  return positions;
}

export const randomK: Sparsifier<typeof keepSetting> = {
  id: 'random-k',
  label: 'Random-k',
  wireCode: 5,
  isUnbiased: true,
  help: 'Sends values drawn at random, scaled up so that the update is right on average; a seed of 4 B stands for the positions.',
  settings: keepSetting,
  source: 'Konečný et al. 2016',
  nameFor: ({ keep }) => stageName('random-k', 'random-k', keep),
  select(tensors, { keep }, rng) {
    if (keep === 1) return null;
    return tensors.map(({ length }) => draw(length, keptCount(length, keep), rng));
  },
  drawPositions: draw,
};
