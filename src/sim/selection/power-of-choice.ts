// Power-of-choice: of d candidates, drawn by the share of the samples that they hold, the ones with the highest loss. Cho, Wang
// & Joshi, "Client Selection in Federated Learning: Convergence Analysis and Power-of-Choice Selection Strategies", 2020.
// This is their rpow-d, which costs no extra messages: a device's loss is the one it reported when it last trained, and
// that of a device without a report counts as infinite. Equal losses, as in the first round, go by the order of the draw.

import { number } from '../experiment/settings.ts';
import { finiteReport, sortedBy, sortedByNumber, weightedShuffle } from './order.ts';
import { countSettings, type Selection } from './selection.ts';

const own = {
  ...countSettings,
  choiceFactor: number({
    default: 2,
    min: 1,
    max: 10,
    step: 0.5,
    unit: '×',
    label: 'Candidates looked at',
    help: 'Power-of-choice draws so many times those it wants, and takes the ones with the highest loss.',
    live: true,
  }),
};

export const powerOfChoice: Selection<typeof own> = {
  id: 'power-of-choice',
  label: 'Power-of-choice',
  help: 'Looks at a few times as many as are wanted and takes those with the highest loss.',
  source: 'Cho, Wang & Joshi 2020',
  settings: own,
  select: ({ candidates, wanted, settings, rng }) => {
    const looked = Math.max(wanted, Math.ceil(settings.choiceFactor * wanted));
    const seen = weightedShuffle(candidates, ({ samples }) => samples, rng).slice(0, looked);
    return sortedByNumber(sortedBy(seen, (candidate) => -(finiteReport(candidate)?.loss ?? Infinity)).slice(0, wanted));
  },
};
