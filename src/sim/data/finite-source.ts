// A finite data set as a source. Every device of the fleet has rows of its own, as if it had measured them itself,
// and no device has the public samples. Where a class is too scarce for all that ask for it, devices hold fewer
// samples in the same mix (max-min-fair.ts). Two exceptions, without which a device would have nothing to train on, and which may repeat
// rows that another device holds: a device that would be left with hardly any, and a device added to the fleet when no rows are left.

import type { Rng } from '../random.ts';
import { largestRemainder } from './class-counts.ts';
import type { DataSource, DeviceShare, LabelledData } from './dataset.ts';
import { DataError } from './dataset.ts';
import { maxMinFairCounts } from './max-min-fair.ts';
import { MIN_SAMPLES } from './partition/quantity.ts';

export interface FiniteDataset {
  readonly data: LabelledData;
  readonly classes: number;
  /** The group (city, person, machine) of each sample, 0 … groupCount − 1; every group has at least one sample. */
  readonly groups: ArrayLike<number>;
  readonly groupCount: number;
  readonly groupOf: (deviceId: number) => number;
}

/** Of a small data set at most this fraction is held out as public samples, so that the devices have something left. */
const MAX_PUBLIC_FRACTION = 0.5;

/** The rows of one class that some devices draw from (all, or those of one group), in the order in which they are handed out. */
interface ClassRows {
  readonly rows: readonly number[];
  next: number;
}

const sumOf = (numbers: ArrayLike<number>): number => Array.from(numbers).reduce((a, b) => a + b, 0);

/** The rows that the indices name, copied in that order. */
export function selectRows(data: LabelledData, indices: ArrayLike<number>): LabelledData {
  const width = data.features.length / data.labels.length;
  const features = new Float32Array(indices.length * width);
  for (let i = 0; i < indices.length; i++) {
    features.set(data.features.subarray(indices[i] * width, (indices[i] + 1) * width), i * width);
  }
  return { features, labels: Uint8Array.from(indices, (index) => data.labels[index]) };
}

export interface FiniteSourceOptions {
  /** Devices in the fleet as first built: their ids are 1, 2, 3 … */
  readonly devices: number;
  /** Public samples to hold out; none, if left out. */
  readonly publicSamples?: number;
  /** Decides which rows are public, and the order in which the others are handed out. */
  readonly rng: Rng;
}

/** @throws {DataError} if there is no sample, or none in a group */
export function finiteSource(
  dataset: FiniteDataset,
  test: LabelledData,
  { devices, publicSamples = 0, rng }: FiniteSourceOptions,
): DataSource {
  const { data, classes, groups, groupCount, groupOf } = dataset;
  if (data.labels.length === 0) throw new DataError('The data set has no sample to train on.');
  const shuffled = rng.split('public').permutation(data.labels.length);
  const publicCount = Math.min(publicSamples, Math.floor(MAX_PUBLIC_FRACTION * data.labels.length));
  const isPublic = new Set(shuffled.subarray(0, publicCount));
  const rows = [...data.labels.keys()].filter((row) => !isPublic.has(row));

  /** The rows of each class, in random order. */
  const classRowsOf = (name: string, own: readonly number[]): ClassRows[] =>
    Array.from({ length: classes }, (_, label) => {
      const ofClass = own.filter((row) => data.labels[row] === label);
      const order = rng.split('pool', name, label).permutation(ofClass.length);
      return { rows: Array.from(order, (place) => ofClass[place]), next: 0 };
    });
  const allGroups = classRowsOf('all', rows);
  const byGroup = Array.from({ length: groupCount }, (_, group) =>
    classRowsOf(
      `group ${group}`,
      rows.filter((row) => groups[row] === group),
    ),
  );
  const scopeOf = (deviceId: number, { ownGroup }: DeviceShare): readonly ClassRows[] =>
    ownGroup ? byGroup[groupOf(deviceId)] : allGroups;
  const supplyOf = (scope: readonly ClassRows[]): number[] => scope.map((classRows) => classRows.rows.length);

  /** Rows that no other device has, as far as there are; then others of the class. */
  function takeRows(classRows: ClassRows, count: number, draws: Rng): number[] {
    const taken = classRows.rows.slice(classRows.next, classRows.next + count);
    classRows.next += taken.length;
    if (taken.length === count) return taken;
    const own = new Set(taken);
    const others = classRows.rows.filter((row) => !own.has(row));
    const order = draws.permutation(others.length).subarray(0, count - taken.length);
    return [...taken, ...Array.from(order, (place) => others[place])];
  }

  /** The least that a device must have: hardly anything is no data to train on. In its mix, of the classes that there are. */
  function minimumCounts(scope: readonly ClassRows[], { samples, mix }: DeviceShare): Uint32Array {
    const supply = supplyOf(scope);
    const present = supply.map((count, label) => (count > 0 ? mix[label] : 0));
    const counts = largestRemainder(Math.min(samples, MIN_SAMPLES), sumOf(present) > 0 ? present : supply);
    return counts.map((count, label) => Math.min(count, supply[label]));
  }

  function rowsFor(deviceId: number, share: DeviceShare, counts: Uint32Array): number[] {
    const scope = scopeOf(deviceId, share);
    const least = minimumCounts(scope, share);
    const given = sumOf(counts) < sumOf(least) ? least : counts;
    const draws = rng.split('device', deviceId);
    return scope.flatMap((classRows, label) => takeRows(classRows, given[label], draws.split('class', label)));
  }

  const reserved = new Map<number, readonly number[]>();
  let isReserved = false;

  function reserve(shareOf: (deviceId: number) => DeviceShare): void {
    if (isReserved) return;
    isReserved = true;
    const asking = new Map<readonly ClassRows[], { readonly id: number; readonly share: DeviceShare }[]>();
    for (let id = 1; id <= devices; id++) {
      const share = shareOf(id);
      const scope = scopeOf(id, share);
      const others = asking.get(scope);
      if (others) others.push({ id, share });
      else asking.set(scope, [{ id, share }]);
    }
    for (const [scope, all] of asking) {
      const counts = maxMinFairCounts(
        supplyOf(scope),
        all.map(({ share }) => share),
      );
      // Devices that may repeat others' rows choose last, so that the others find rows of their own.
      const order = [...all.keys()].sort((a, b) => shortage(a) - shortage(b) || a - b);
      for (const i of order) reserved.set(all[i].id, rowsFor(all[i].id, all[i].share, counts[i]));

      function shortage(i: number): number {
        return sumOf(counts[i]) < sumOf(minimumCounts(scope, all[i].share)) ? 1 : 0;
      }
    }
  }

  function take(deviceId: number, share: DeviceShare): LabelledData {
    const [alone] = maxMinFairCounts(supplyOf(scopeOf(deviceId, share)), [share]);
    const taken = reserved.get(deviceId) ?? rowsFor(deviceId, share, alone);
    const order = rng.split('device', deviceId, 'order').permutation(taken.length);
    return selectRows(
      data,
      order.map((place) => taken[place]),
    );
  }

  const classShares = (byClass: readonly ClassRows[]): Float64Array => {
    const supply = supplyOf(byClass);
    return Float64Array.from(supply, (count) => count / sumOf(supply));
  };
  const groupPriors = byGroup.map(classShares);

  return {
    unlabelled: (samples) => selectRows(data, shuffled.subarray(0, Math.min(samples, publicCount))).features,
    prior: classShares(allGroups),
    groupPrior: (deviceId) => groupPriors[groupOf(deviceId)],
    samplesPerDeviceLimit: Math.max(1, Math.floor(rows.length / Math.max(1, devices))),
    reserve,
    take,
    test,
  };
}
