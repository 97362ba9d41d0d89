// The registry of partitions: one file and one line each.

import type { OwnSettings, SettingsOfAll, ValuesOf } from '../../experiment/variants.ts';
import type { Rng } from '../../random.ts';
import type { DeviceShare } from '../dataset.ts';
import { classes } from './classes.ts';
import { dirichlet } from './dirichlet.ts';
import { group } from './group.ts';
import { iid } from './iid.ts';
import type { Partition } from './partition.ts';
import { quantity } from './quantity.ts';
import { similarity } from './similarity.ts';

export const partitions = {
  iid,
  dirichlet,
  classes,
  similarity,
  quantity,
  group,
} as const satisfies Record<string, Partition<OwnSettings>>;

export type PartitionId = keyof typeof partitions;
export const partitionIds = Object.keys(partitions) as [PartitionId, ...PartitionId[]];

/** The choice of a partition, and the settings of all of them. */
export interface PartitionSettings extends ValuesOf<SettingsOfAll<typeof partitions>> {
  readonly partition: PartitionId;
  readonly samplesPerDevice: number;
  readonly devices: number;
}

export const defaultPartition: PartitionId = 'dirichlet';

/** What one device is to hold. Depends on the settings, the id and the generator's name, never on what other devices hold. */
export function deviceShareOf(
  settings: PartitionSettings,
  deviceId: number,
  prior: Float64Array,
  rng: Rng,
): DeviceShare {
  return partitions[settings.partition].deviceShare(settings, deviceId, prior, rng);
}
