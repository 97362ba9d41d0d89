// Averages updates: weighted by the samples behind them (FedAvg, McMahan et al. 2017), or all alike. Sums are in 64 bits, so
// that averaging by tiers equals averaging at once to the last bits of a 32-bit float.

import { type Macs, macs } from '../units.ts';
import type { WeightedUpdate } from './aggregator.ts';

export type Weighting = 'samples' | 'uniform';

/** Weighing and adding one update takes about one multiply-accumulate a weight. */
export const meanMacs = (parameters: number, updates: number): Macs => macs(parameters * updates);

/** The weighted mean, and all samples behind it. @throws {RangeError} if there is nothing to average. */
export function weightedMean(updates: readonly WeightedUpdate[], weighting: Weighting): WeightedUpdate {
  if (updates.length === 0) throw new RangeError('There are no updates to average.');
  if (updates.some(({ mass }) => mass)) return aggregateByCoordinate(updates, weighting);
  const samples = updates.reduce((total, update) => total + update.samples, 0);
  const sums = new Float64Array(updates[0].values.length);
  for (const update of updates) {
    const weight = weighting === 'uniform' ? 1 / updates.length : update.samples / samples;
    const { values } = update;
    for (let i = 0; i < sums.length; i++) sums[i] += weight * values[i];
  }
  return { values: Float32Array.from(sums), samples };
}

/**
 * Each value is averaged over those who hold it, and stays where nobody does. The samples behind each value go up with the
 * mean, so that averaging by tiers equals averaging at once. They cost no bytes of their own: they follow from who took part
 * and from the seed, which every node above knows.
 */
function aggregateByCoordinate(updates: readonly WeightedUpdate[], weighting: Weighting): WeightedUpdate {
  const { length } = updates[0].values;
  const [sums, weights, mass] = [0, 1, 2].map(() => new Float64Array(length));
  let samples = 0;
  for (const { values, samples: all, mass: own } of updates) {
    samples += all;
    for (let i = 0; i < length; i++) {
      const behind = own ? own[i] : all;
      if (behind === 0) continue;
      const weight = weighting === 'uniform' ? 1 : behind;
      sums[i] += weight * values[i];
      weights[i] += weight;
      mass[i] += behind;
    }
  }
  const values = Float32Array.from(sums, (sum, i) => (weights[i] === 0 ? 0 : sum / weights[i]));
  return { values, samples, mass };
}
