// Oort: devices of high utility (a high loss, and short rounds), and some that have not taken part yet. Lai et al., "Oort: Efficient
// Federated Learning via Guided Participant Selection", OSDI 2021, algorithm 1.
// utility = (samples × root mean squared loss + √(0.1 ln round ÷ last round)) × (T ÷ t)^α where the device's time t exceeds
// the preferred duration T. As in the authors' code, the first term is clipped at its 95th percentile and scaled to at most
// 1, without which the second, which brings back devices that have not reported for long, would not count. T is the deadline, else the
// median of the estimates; their pacer, which relaxes T when learning stalls, and their blacklist are left out.

import { number, percent } from '../experiment/settings.ts';
import { finiteReport, sortedBy, sortedByNumber, weightedShuffle } from './order.ts';
import { type Candidate, countSettings, type Selection, type SelectionContext } from './selection.ts';

const own = {
  ...countSettings,
  exploration: number({
    default: 0.9,
    min: 0.2,
    max: 1,
    step: 0.05,
    ...percent,
    label: 'Exploration',
    help: 'Share of Oort’s first picks that are devices it knows nothing of; falls by 2 % a round to 20 %.',
    live: true,
  }),
  slownessPenalty: number({
    default: 2,
    min: 0,
    max: 5,
    step: 0.5,
    label: 'Slowness penalty',
    help: 'Oort’s α: how strongly a device slower than preferred is marked down.',
    live: true,
  }),
};

const LEAST_EXPLORATION = 0.2;
const EXPLORATION_DECAY = 0.98;
const CLIP_PERCENTILE = 0.95;
/** Devices this close to the last that would be taken have a chance too. */
const CUT_OFF = 0.95;

/** Share of the picks that goes to devices without a report. */
export const explorationShare = (round: number, exploration: number): number =>
  Math.max(LEAST_EXPLORATION, exploration * EXPLORATION_DECAY ** (round - 1));

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The utility of each candidate that has reported. */
export function oortUtilities({
  round,
  candidates,
  deadline,
  settings,
}: Omit<SelectionContext<typeof own>, 'wanted' | 'rng'>): ReadonlyMap<Candidate, number> {
  const known = candidates.flatMap((candidate) => {
    const report = finiteReport(candidate);
    return report ? [{ candidate, report, statistical: candidate.samples * report.lossRms }] : [];
  });
  const sorted = known.map(({ statistical }) => statistical).toSorted((a, b) => a - b);
  const clip = sorted[Math.ceil(CLIP_PERCENTILE * sorted.length) - 1];
  const preferred = Number.isFinite(deadline) ? deadline : median(candidates.map(({ estimate }) => estimate.total));
  return new Map(
    known.map(({ candidate, report, statistical }) => {
      const statisticalUtility = clip > 0 ? Math.min(statistical, clip) / clip : 0;
      const uncertainty = Math.sqrt((0.1 * Math.log(round)) / report.round);
      const time = candidate.estimate.total;
      const slowness = time > preferred ? (preferred / time) ** settings.slownessPenalty : 1;
      return [candidate, (statisticalUtility + uncertainty) * slowness];
    }),
  );
}

export const oort: Selection<typeof own> = {
  id: 'oort',
  label: 'Oort',
  help: 'Devices with much loss and little delay, and a share of devices never heard of.',
  source: 'Lai et al. 2021',
  settings: own,
  usesDeadline: true,
  select: (context) => {
    const { round, candidates, wanted, settings, rng } = context;
    const utilities = oortUtilities(context);
    const utility = (candidate: Candidate) => utilities.get(candidate) ?? 0;
    const known = candidates.filter((candidate) => utilities.has(candidate));
    const unknown = candidates.filter((candidate) => !utilities.has(candidate));

    // Rounded down, as in their code, so that a pick or two still explore. Where one side runs short the other fills in.
    const share = Math.floor((1 - explorationShare(round, settings.exploration)) * wanted + 1e-9);
    const exploiting = Math.min(known.length, Math.max(share, wanted - unknown.length));

    const ranked = sortedBy(known, (candidate) => -utility(candidate));
    const cutOff = exploiting > 0 ? CUT_OFF * utility(ranked[exploiting - 1]) : Infinity;
    const worthy = known.filter((candidate) => utility(candidate) >= cutOff);
    const exploited = weightedShuffle(worthy, utility, rng.split('exploit')).slice(0, exploiting);
    const faster = weightedShuffle(unknown, ({ estimate }) => 1 / estimate.total, rng.split('explore'));
    return sortedByNumber([...exploited, ...faster.slice(0, wanted - exploiting)]);
  },
};
