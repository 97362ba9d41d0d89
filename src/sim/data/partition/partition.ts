// The contract of a partition: how much of which class one device holds. Every device's share is drawn from its own
// generator, so that adding or removing a device leaves all others as they were.

import { toggle } from '../../experiment/settings.ts';
import type { NoSettings, OwnSettings, ValuesOf, Variant } from '../../experiment/variants.ts';
import type { Rng } from '../../random.ts';
import type { DeviceShare } from '../dataset.ts';

/** Of the partitions in which a device may draw from its own group (its machine, its city) alone. */
export const ownGroup = {
  ownGroup: toggle({
    default: true,
    label: 'Own machine or city only',
    help: 'On: a device senses its own machine (or city). Off: samples of every machine are mixed.',
    live: false,
    folded: true,
  }),
};

/** A partition's own settings, and those that all partitions go by. */
export type PartitionValues<Own extends OwnSettings = NoSettings> = ValuesOf<Own> & {
  /** Samples of one device; their mean where counts differ. */
  readonly samplesPerDevice: number;
  /** Devices in the fleet as first built; a device added later has a higher id. */
  readonly devices: number;
};

export interface Partition<Own extends OwnSettings = NoSettings> extends Variant<Own> {
  /** Whether it decides which classes a device holds; it does not apply to a data set that is partitioned by nature. */
  readonly dealsClasses: boolean;
  /** Whether devices draw from their own group alone, under these settings. */
  ownGroup(settings: PartitionValues<Own>): boolean;
  /** `rng` is the partition's generator, the same for all devices: split it by device. */
  deviceShare(settings: PartitionValues<Own>, deviceId: number, prior: Float64Array, rng: Rng): DeviceShare;
}

/** A copy of the class shares that sums to one. */
export function normalised(weights: ArrayLike<number>): Float64Array {
  const shares = Float64Array.from(weights);
  const sum = shares.reduce((a, b) => a + b, 0);
  return shares.map((share) => share / sum);
}
