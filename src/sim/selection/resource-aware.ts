// Resource-aware: the best equipped devices, by a weighted sum of CPU, memory, battery and bandwidth. The tutorial's exercise 2;
// selection by several such criteria: AbdulRahman et al., "FedMCCS: Multicriteria Client Selection Model for Optimal IoT
// Federated Learning", IEEE Internet of Things Journal 2021.
// CPU (MAC/s), memory and bandwidth (the uplink) differ by orders of magnitude between kinds, so each runs from 0 at the
// weakest candidate to 1 at the strongest on a log scale. The battery counts as the share it is: stretched in the same way,
// a per cent between full batteries would outweigh everything.

import { number } from '../experiment/settings.ts';
import type { ValuesOf } from '../experiment/variants.ts';
import { sortedBy, sortedByNumber } from './order.ts';
import { type Candidate, countSettings, type Selection } from './selection.ts';

const own = {
  ...countSettings,
  cpuWeight: number({
    default: 1,
    min: 0,
    max: 5,
    step: 0.5,
    label: 'Weight of the processor',
    help: 'How much a fast processor counts in the resource-aware score.',
    live: true,
  }),
  memoryWeight: number({
    default: 0.5,
    min: 0,
    max: 5,
    step: 0.5,
    label: 'Weight of memory',
    help: 'How much memory counts in the resource-aware score.',
    live: true,
  }),
  batteryWeight: number({
    default: 1,
    min: 0,
    max: 5,
    step: 0.5,
    label: 'Weight of the battery',
    help: 'How much charge counts in the resource-aware score.',
    live: true,
  }),
  bandwidthWeight: number({
    default: 1,
    min: 0,
    max: 5,
    step: 0.5,
    label: 'Weight of bandwidth',
    help: 'How much a fast uplink counts in the resource-aware score.',
    live: true,
  }),
};

/** 0 for the smallest of the values … 1 for the largest; 1 for all where they are equal. */
function logScale(values: readonly number[]): (value: number) => number {
  const low = Math.log(Math.min(...values));
  const span = Math.log(Math.max(...values)) - low;
  return (value) => (span > 0 ? (Math.log(value) - low) / span : 1);
}

/** The score of any of these candidates, among them. */
export function resourceScore(
  candidates: readonly Candidate[],
  weights: ValuesOf<typeof own>,
): (candidate: Candidate) => number {
  const scaleOf = (figure: 'computeRate' | 'memory' | 'uplink') =>
    logScale(candidates.map(({ device }) => device.figures[figure]));
  const [cpu, memory, bandwidth] = [scaleOf('computeRate'), scaleOf('memory'), scaleOf('uplink')];
  return ({ device: { figures }, battery }) =>
    weights.cpuWeight * cpu(figures.computeRate) +
    weights.memoryWeight * memory(figures.memory) +
    weights.batteryWeight * battery +
    weights.bandwidthWeight * bandwidth(figures.uplink);
}

export const resourceAware: Selection<typeof own> = {
  id: 'resource-aware',
  label: 'Resource-aware',
  help: 'The highest weighted sum of CPU, memory, battery and bandwidth.',
  source: 'Tutorial 198, exercise 2; AbdulRahman et al. 2021',
  settings: own,
  select: ({ candidates, wanted, settings }) => {
    const score = resourceScore(candidates, settings);
    return sortedByNumber(sortedBy(candidates, (candidate) => -score(candidate)).slice(0, wanted));
  },
};
