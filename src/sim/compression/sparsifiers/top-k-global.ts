// Top-k over the whole update: one ranking across all tensors, so that a tensor that changes much sends much and one that
// hardly changes may send nothing. Lin et al. 2018 rank within layers, Aji & Heafield 2017 try both. Error bound: top-k's, over
// the whole update at once.

import { largestPositions } from './largest-magnitude.ts';
import { keepSetting, keptCount, type Sparsifier, stageName } from './sparsifier.ts';

export const topKGlobal: Sparsifier<typeof keepSetting> = {
  id: 'top-k-global',
  label: 'Top-k overall',
  wireCode: 2,
  isUnbiased: false,
  help: 'Sends the largest changes of the whole update, whichever tensor they are in.',
  settings: keepSetting,
  source: 'Aji & Heafield 2017',
  nameFor: ({ keep }) => stageName('top-k-global', 'top-k overall', keep),
  select(tensors, { keep }) {
    if (keep === 1) return null;
    const all = new Float32Array(tensors.reduce((sum, { length }) => sum + length, 0));
    let end = 0;
    for (const values of tensors) {
      all.set(values, end);
      end += values.length;
    }
    const kept = largestPositions(all, keptCount(all.length, keep));
    let start = 0;
    let first = 0;
    return tensors.map(({ length }) => {
      let next = first;
      while (next < kept.length && kept[next] < start + length) next++;
      const own = kept.slice(first, next).map((position) => position - start);
      start += length;
      first = next;
      return own;
    });
  },
};
