// By round. Coarse to fine: early updates are large and forgiving, late ones small and exact, as in Jhunjhunwala et al. 2021,
// "Adaptive Quantization of Model Updates for Communication-Efficient Federated Learning" (AdaQuantFL). Fine to coarse is the
// opposite, to compare.

import { type AdaptivePolicy, rungAt } from './policy.ts';

const progress = (round: number, rounds: number): number => (rounds > 1 ? (round - 1) / (rounds - 1) : 0);

export const coarseToFine: AdaptivePolicy = {
  id: 'coarse-to-fine',
  label: 'Coarse to fine',
  help: 'From the coarsest codec in the first round to the finest in the last.',
  settings: {},
  source: 'Jhunjhunwala et al. 2021',
  choose: ({ round, rounds }) => rungAt(1 - progress(round, rounds)),
};

export const fineToCoarse: AdaptivePolicy = {
  id: 'fine-to-coarse',
  label: 'Fine to coarse',
  help: 'From the finest codec in the first round to the coarsest in the last.',
  settings: {},
  source: 'Jhunjhunwala et al. 2021, turned round',
  choose: ({ round, rounds }) => rungAt(progress(round, rounds)),
};
