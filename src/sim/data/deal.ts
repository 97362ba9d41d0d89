// Deals a source's samples to the devices: the partition says how much of which class, the source supplies it.

import type { Rng } from '../random.ts';
import type { DataSource, LabelledData, Share } from './dataset.ts';
import { type PartitionSettings, partitions, share } from './partition/index.ts';

/** What one device is dealt. */
export interface Dealt {
  readonly data: LabelledData;
  /** Samples that the partition asked for; the device holds fewer where a class ran out. */
  readonly asked: number;
}

/**
 * Every device's samples with its id, one device at a time, so that the caller may rest in between: ten thousand devices take
 * seconds. `deviceIds` are all ids that ever were, removed devices among them: a finite source has given those their samples,
 * and nobody else's may change because they left. A finite source lowers samplesPerDevice to what it has for each of its
 * devices.
 */
export function* deal(
  source: DataSource,
  settings: PartitionSettings,
  deviceIds: readonly number[],
  rng: Rng,
): Generator<[number, Dealt]> {
  const ownGroup = partitions[settings.partition].ownGroup(settings);
  const samplesPerDevice = Math.min(settings.samplesPerDevice, source.samplesPerDeviceLimit);
  const shareOf = (id: number): Share => {
    const prior = (ownGroup ? source.groupPrior?.(id) : undefined) ?? source.prior;
    return share({ ...settings, samplesPerDevice }, id, prior, rng);
  };
  source.reserve?.(shareOf);
  const inOrder = [...new Set(deviceIds)].sort((a, b) => a - b);
  for (const id of inOrder) {
    const own = shareOf(id);
    yield [id, { data: source.take(id, own), asked: own.samples }];
  }
}

/** How many samples of each class. */
export function classCounts(data: LabelledData, classes: number): Uint32Array {
  const counts = new Uint32Array(classes);
  for (const label of data.labels) counts[label]++;
  return counts;
}
