// Threshold: keeps every change of at least a share of its tensor's largest; how many that are, the update decides. Strom 2015,
// "Scalable Distributed DNN Training Using Commodity GPU Cloud Computing". At 0 % it keeps what is not zero: nothing is lost,
// and an update that is sparse already becomes small. Error bound: less than that share of the tensor's largest, for each value.

import { largestOf } from '../quantisers/quantiser.ts';
import { namedAfter, type Sparsifier } from './sparsifier.ts';

export const threshold: Sparsifier = {
  id: 'threshold',
  label: 'Threshold',
  wireCode: 4,
  amount: 'threshold',
  isUnbiased: false,
  help: 'Sends the changes that reach a share of their tensor’s largest; at 0 %, all that are not zero.',
  settings: {},
  source: 'Strom 2015',
  named: (amount) =>
    amount.threshold === 0
      ? { id: 'non-zero', label: 'non-zero' }
      : namedAfter('threshold', 'threshold', amount.threshold),
  select(tensors, amount) {
    return tensors.map((values) => {
      const least = amount.threshold * largestOf(values);
      const positions = new Uint32Array(values.length);
      let kept = 0;
      for (let i = 0; i < values.length; i++) {
        if (values[i] !== 0 && Math.abs(values[i]) >= least) positions[kept++] = i;
      }
      return positions.slice(0, kept);
    });
  },
};
