// A finite data set as a source. Every device of the fleet has rows of its own: what is dealt is gone, as it would be had each device
// measured it itself, and public samples are no device's. Where a class is too scarce for all that ask for it, devices hold fewer
// samples in the same mix (allocation.ts). Two exceptions, without which a device would have nothing to train on, and which may repeat
// rows that another device holds: a device that would be left with hardly any, and a device added to the fleet when all is dealt.

import type { Rng } from '../random.ts';
import { allocate } from './allocation.ts';
import { largestRemainder } from './counts.ts';
import { DataError } from './data-error.ts';
import type { DataSource, LabelledData, Share } from './dataset.ts';
import { FEWEST_SAMPLES } from './partition/quantity.ts';

export interface Pool {
  readonly data: LabelledData;
  readonly classes: number;
  /** The group (city, person, machine) of each sample, 0 … groupCount − 1; every group has at least one sample. */
  readonly groups: ArrayLike<number>;
  readonly groupCount: number;
  readonly groupOf: (deviceId: number) => number;
}

/** Of a small pool at most this share is held out as public samples: the devices must have something left. */
const MOST_PUBLIC = 0.5;

/** The rows of one class that some devices draw from (all, or those of one group), in the order in which they are handed out. */
interface Stack {
  readonly rows: readonly number[];
  next: number;
}

const sumOf = (numbers: ArrayLike<number>): number => Array.from(numbers).reduce((a, b) => a + b, 0);

/** The rows that the indices name, copied in that order. */
export function pick(data: LabelledData, indices: ArrayLike<number>): LabelledData {
  const width = data.features.length / data.labels.length;
  const features = new Float32Array(indices.length * width);
  for (let i = 0; i < indices.length; i++) {
    features.set(data.features.subarray(indices[i] * width, (indices[i] + 1) * width), i * width);
  }
  return { features, labels: Uint8Array.from(indices, (index) => data.labels[index]) };
}

export interface PoolOptions {
  /** Devices in the fleet as first built: their ids are 1, 2, 3 … */
  readonly devices: number;
  /** Public samples to hold out; none, if left out. */
  readonly publicSamples?: number;
  /** Decides which rows are public, and the order in which the others are handed out. */
  readonly rng: Rng;
}

/** @throws {DataError} if there is no sample, or none in a group */
export function poolSource(
  pool: Pool,
  test: LabelledData,
  { devices, publicSamples = 0, rng }: PoolOptions,
): DataSource {
  const { data, classes, groups, groupCount, groupOf } = pool;
  if (data.labels.length === 0) throw new DataError('The data set has no sample to train on.');
  const shuffled = rng.split('public').permutation(data.labels.length);
  const publicCount = Math.min(publicSamples, Math.floor(MOST_PUBLIC * data.labels.length));
  const isPublic = new Set(shuffled.subarray(0, publicCount));
  const rows = [...data.labels.keys()].filter((row) => !isPublic.has(row));

  /** One stack a class, of these rows. */
  const stacksOf = (name: string, own: readonly number[]): Stack[] =>
    Array.from({ length: classes }, (_, label) => {
      const ofClass = own.filter((row) => data.labels[row] === label);
      const order = rng.split('pool', name, label).permutation(ofClass.length);
      return { rows: Array.from(order, (place) => ofClass[place]), next: 0 };
    });
  const everywhere = stacksOf('all', rows);
  const byGroup = Array.from({ length: groupCount }, (_, group) =>
    stacksOf(
      `group ${group}`,
      rows.filter((row) => groups[row] === group),
    ),
  );
  const scopeOf = (deviceId: number, { ownGroup }: Share): readonly Stack[] =>
    ownGroup ? byGroup[groupOf(deviceId)] : everywhere;
  const supplyOf = (scope: readonly Stack[]): number[] => scope.map((stack) => stack.rows.length);

  /** Rows that no other device has, as far as there are; then others of the class. */
  function takeRows(stack: Stack, count: number, draws: Rng): number[] {
    const taken = stack.rows.slice(stack.next, stack.next + count);
    stack.next += taken.length;
    if (taken.length === count) return taken;
    const own = new Set(taken);
    const others = stack.rows.filter((row) => !own.has(row));
    const order = draws.permutation(others.length).subarray(0, count - taken.length);
    return [...taken, ...Array.from(order, (place) => others[place])];
  }

  /** The least that a device must have: hardly anything is no data to train on. In its mix, of the classes that there are. */
  function fewest(scope: readonly Stack[], { samples, mix }: Share): Uint32Array {
    const supply = supplyOf(scope);
    const present = supply.map((count, label) => (count > 0 ? mix[label] : 0));
    const counts = largestRemainder(Math.min(samples, FEWEST_SAMPLES), sumOf(present) > 0 ? present : supply);
    return counts.map((count, label) => Math.min(count, supply[label]));
  }

  function rowsFor(deviceId: number, share: Share, counts: Uint32Array): number[] {
    const scope = scopeOf(deviceId, share);
    const least = fewest(scope, share);
    const given = sumOf(counts) < sumOf(least) ? least : counts;
    const draws = rng.split('device', deviceId);
    return scope.flatMap((stack, label) => takeRows(stack, given[label], draws.split('class', label)));
  }

  const reserved = new Map<number, readonly number[]>();
  let isReserved = false;

  function reserve(shareOf: (deviceId: number) => Share): void {
    if (isReserved) return;
    isReserved = true;
    const asking = new Map<readonly Stack[], { readonly id: number; readonly share: Share }[]>();
    for (let id = 1; id <= devices; id++) {
      const share = shareOf(id);
      const scope = scopeOf(id, share);
      const others = asking.get(scope);
      if (others) others.push({ id, share });
      else asking.set(scope, [{ id, share }]);
    }
    for (const [scope, all] of asking) {
      const counts = allocate(
        supplyOf(scope),
        all.map(({ share }) => share),
      );
      // Who shares rows with others takes them last: the rest must find theirs.
      const inTurn = [...all.keys()].sort((a, b) => shortage(a) - shortage(b) || a - b);
      for (const i of inTurn) reserved.set(all[i].id, rowsFor(all[i].id, all[i].share, counts[i]));

      function shortage(i: number): number {
        return sumOf(counts[i]) < sumOf(fewest(scope, all[i].share)) ? 1 : 0;
      }
    }
  }

  function take(deviceId: number, share: Share): LabelledData {
    const [alone] = allocate(supplyOf(scopeOf(deviceId, share)), [share]);
    const taken = reserved.get(deviceId) ?? rowsFor(deviceId, share, alone);
    const order = rng.split('device', deviceId, 'order').permutation(taken.length);
    return pick(
      data,
      order.map((place) => taken[place]),
    );
  }

  const classShares = (stacks: readonly Stack[]): Float64Array => {
    const supply = supplyOf(stacks);
    return Float64Array.from(supply, (count) => count / sumOf(supply));
  };
  const groupPriors = byGroup.map(classShares);

  return {
    unlabelled: (samples) => pick(data, shuffled.subarray(0, Math.min(samples, publicCount))).features,
    prior: classShares(everywhere),
    groupPrior: (deviceId) => groupPriors[groupOf(deviceId)],
    samplesPerDeviceLimit: Math.max(1, Math.floor(rows.length / Math.max(1, devices))),
    reserve,
    take,
    test,
  };
}
