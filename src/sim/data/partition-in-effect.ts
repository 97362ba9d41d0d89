// Which partition holds for a data set: one that is partitioned by nature takes none that deals classes.

import type { OwnSettings } from '../experiment/variants.ts';
import type { Dataset } from './dataset.ts';
import { type DatasetId, datasets } from './datasets/index.ts';
import { type PartitionId, partitionIds, partitions } from './partition/index.ts';

/** The partitions that apply to a data set. */
export function partitionsFor(dataset: DatasetId): readonly PartitionId[] {
  const { partitionedByNature }: Dataset<OwnSettings> = datasets[dataset];
  return partitionedByNature ? partitionIds.filter((id) => !partitions[id].dealsClasses) : partitionIds;
}

/** The chosen one, or each device's own distribution where that does not apply. */
export const partitionInEffect = (data: {
  readonly dataset: DatasetId;
  readonly partition: PartitionId;
}): PartitionId => (partitionsFor(data.dataset).includes(data.partition) ? data.partition : 'group');
