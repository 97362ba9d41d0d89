// Sorting and weighted random sampling of candidates. Each device's random number comes from its own generator, so that one
// device more or less does not change the others' numbers.

import type { Rng } from '../random.ts';
import type { Candidate, DeviceReport } from './selection.ts';

/** A copy with the smallest key first; equals keep their order. Keys may be infinite. */
export function sortedBy(candidates: readonly Candidate[], key: (candidate: Candidate) => number): Candidate[] {
  const keys = new Map(candidates.map((candidate) => [candidate, key(candidate)]));
  const keyOf = (candidate: Candidate) => keys.get(candidate) ?? 0;
  return [...candidates].sort((a, b) => (keyOf(a) === keyOf(b) ? 0 : keyOf(a) < keyOf(b) ? -1 : 1));
}

/**
 * All candidates in the order in which they are drawn without replacement, each draw with probability ∝ weight. An
 * exponential number at rate `weight` for each, sorted, is just that (Efraimidis & Spirakis 2006). Weight 0 is drawn last.
 */
export const weightedShuffle = (
  candidates: readonly Candidate[],
  weight: (candidate: Candidate) => number,
  rng: Rng,
): Candidate[] =>
  sortedBy(candidates, (candidate) => {
    const rate = weight(candidate);
    return rate > 0 ? -Math.log(1 - rng.split('device', candidate.device.number).uniform()) / rate : Infinity;
  });

/** In the order of their numbers, as `Selection.select` must return them. */
export const sortedByNumber = (chosen: readonly Candidate[]): readonly Candidate[] =>
  sortedBy(chosen, ({ device }) => device.number);

/** A device's last report; undefined if it never sent one, or if its training had diverged. */
export const finiteReport = ({ lastReport }: Candidate): DeviceReport | undefined =>
  lastReport && Number.isFinite(lastReport.loss) && Number.isFinite(lastReport.lossRms) ? lastReport : undefined;
