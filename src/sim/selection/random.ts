// Random: as many as are wanted, drawn by lot, all with the same chance. McMahan et al., "Communication-Efficient Learning of
// Deep Networks from Decentralized Data", AISTATS 2017 (their fraction C of the clients).

import { sortedByNumber, weightedShuffle } from './order.ts';
import { countSettings, type Selection } from './selection.ts';

export const random: Selection<typeof countSettings> = {
  id: 'random',
  label: 'Random',
  help: 'Drawn by lot each round; all have the same chance.',
  source: 'McMahan et al. 2017',
  settings: countSettings,
  select: ({ candidates, wanted, rng }) => sortedByNumber(weightedShuffle(candidates, () => 1, rng).slice(0, wanted)),
};
