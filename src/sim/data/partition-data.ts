// Partitions a source's samples over the devices: the partition says how much of which class, the source supplies it.

import type { Rng } from '../random.ts';
import type { DataSource, DeviceShare, LabelledData } from './dataset.ts';
import { deviceShareOf, type PartitionSettings, partitions } from './partition/index.ts';

/** The samples of one device. */
export interface DeviceDataset {
  readonly data: LabelledData;
  /** Samples that the partition asked for; the device holds fewer where a class ran out. */
  readonly requested: number;
}

/**
 * Every device's samples with its id, one device at a time, so that the caller may yield in between: ten thousand devices take
 * seconds. `deviceIds` are all ids that ever were, removed devices among them: a finite source has given those their samples,
 * and nobody else's may change because they left. A finite source lowers samplesPerDevice to what it has for each of its
 * devices.
 */
export function* partitionData(
  source: DataSource,
  settings: PartitionSettings,
  deviceIds: readonly number[],
  rng: Rng,
): Generator<[number, DeviceDataset]> {
  const ownGroup = partitions[settings.partition].ownGroup(settings);
  const samplesPerDevice = Math.min(settings.samplesPerDevice, source.samplesPerDeviceLimit);
  const shareOf = (id: number): DeviceShare => {
    const prior = (ownGroup ? source.groupPrior?.(id) : undefined) ?? source.prior;
    return deviceShareOf({ ...settings, samplesPerDevice }, id, prior, rng);
  };
  source.reserve?.(shareOf);
  const inOrder = [...new Set(deviceIds)].sort((a, b) => a - b);
  for (const id of inOrder) {
    const own = shareOf(id);
    yield [id, { data: source.take(id, own), requested: own.samples }];
  }
}
