// Threshold: keeps every change of at least a share of its tensor's largest; how many that are, the update decides. Strom 2015,
// "Scalable Distributed DNN Training Using Commodity GPU Cloud Computing". At 0 % it keeps what is not zero: nothing is lost,
// and an update that is sparse already becomes small. Error bound: less than that share of the tensor's largest, for each value.

import { number, percent } from '../../experiment/settings.ts';
import { largestOf } from '../quantisers/quantiser.ts';
import { type Sparsifier, stageName } from './sparsifier.ts';

const own = {
  threshold: number({
    default: 0.1,
    min: 0,
    max: 0.99,
    step: 0.01,
    ...percent,
    label: 'Threshold',
    help: 'Changes of at least this share of their tensor’s largest are sent; at 0 %, all that are not zero.',
    live: true,
  }),
};

export const threshold: Sparsifier<typeof own> = {
  id: 'threshold',
  label: 'Threshold',
  wireCode: 4,
  isUnbiased: false,
  help: 'Sends the changes that reach a share of their tensor’s largest; at 0 %, all that are not zero.',
  settings: own,
  source: 'Strom 2015',
  nameFor: (settings) =>
    settings.threshold === 0
      ? { id: 'non-zero', label: 'non-zero' }
      : stageName('threshold', 'threshold', settings.threshold),
  select(tensors, settings) {
    return tensors.map((values) => {
      const least = settings.threshold * largestOf(values);
      const positions = new Uint32Array(values.length);
      let kept = 0;
      for (let i = 0; i < values.length; i++) {
        if (values[i] !== 0 && Math.abs(values[i]) >= least) positions[kept++] = i;
      }
      return positions.slice(0, kept);
    });
  },
};
