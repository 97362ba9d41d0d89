// Top-k: keeps the k largest changes of each tensor, by magnitude. Aji & Heafield 2017, "Sparse Communication for
// Distributed Gradient Descent". k = max(1, ⌊n · keep⌋) as in the tutorial's GradientCompressor; of equal magnitudes
// the lower index is kept. A kept value costs its bits plus its index. Error bound: the sum of squares that is left out is at
// most 1 − k/n of the whole (Stich, Cordonnier & Jaggi 2018, "Sparsified SGD with Memory").

import { largestPositions } from './largest-magnitude.ts';
import { keepSetting, keptCount, type Sparsifier, stageName } from './sparsifier.ts';

export const topK: Sparsifier<typeof keepSetting> = {
  id: 'top-k',
  label: 'Top-k',
  wireCode: 1,
  isUnbiased: false,
  help: 'Sends only the largest changes of each tensor, with their positions.',
  settings: keepSetting,
  source: 'Aji & Heafield 2017',
  nameFor: ({ keep }) => stageName('top-k', 'top-k', keep),
  select(tensors, { keep }) {
    if (keep === 1) return null;
    return tensors.map((values) => largestPositions(values, keptCount(values.length, keep)));
  },
};
