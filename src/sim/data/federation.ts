// A federation: an experiment with its data partitioned over the devices, and the test set that nobody trains on.

import type { Experiment } from '../experiment/experiment.ts';
import { builtDeviceCount, numberOf, tierOf } from '../fleet/topology.ts';
import { Rng } from '../random.ts';
import { type DataDistribution, toDataDistribution } from './data-distribution.ts';
import { type DataSource, type LabelledData, type ReadAsset, sampleCount } from './dataset.ts';
import { datasets } from './datasets/index.ts';
import { partitionData } from './partition-data.ts';
import { partitionInEffect } from './partition-in-effect.ts';

/** Lets other tasks run between two slices of long work, as `scheduler.yield()` does; what it throws ends the work. */
export type YieldControl = () => Promise<void>;

export interface Federation {
  readonly experiment: Experiment;
  /** All the run's chance comes from here, split by purpose. */
  readonly rng: Rng;
  readonly source: DataSource;
  /** Samples by device number; grows when a device is added. */
  readonly data: Map<number, LabelledData>;
  /** Samples that the partition asked for, by device number: where a class ran out, a device holds fewer. */
  readonly requested: Map<number, number>;
  readonly yieldControl: YieldControl;
}

/** Samples between two calls of `yieldControl`: about ten milliseconds of work where samples are synthesised. */
const SLICE_SAMPLES = 500;

const neverYield: YieldControl = async () => {};

/** Samples that the cloud distils on, which no device may have; 0 without distillation. */
const publicSamplesOf = ({ families }: Experiment): number =>
  families.assignment === 'one' ? 0 : families.publicSamples;

/**
 * With `yieldControl` partitioning a large fleet's data lets other tasks run in between; the result is the same.
 * @param publicSamples to be held out from the devices' data; by default those that the experiment's families need
 */
export async function openFederation(
  experiment: Experiment,
  readAsset: ReadAsset,
  yieldControl: YieldControl = neverYield,
  publicSamples: number = publicSamplesOf(experiment),
): Promise<Federation> {
  const rng = new Rng(experiment.seed);
  const source = await datasets[experiment.data.dataset].open({
    devices: builtDeviceCount(experiment.fleet),
    publicSamples,
    rng: rng.split('data'),
    settings: experiment.data,
    readAsset,
  });
  const data = new Map<number, LabelledData>();
  const federation = { experiment, rng, source, data, requested: new Map<number, number>(), yieldControl };
  await partitionForNewDevices(federation, experiment);
  return federation;
}

/**
 * Gives samples to the devices that have none yet; returns whether there were any. Removed devices keep theirs, and ids are
 * handled in ascending order, so that one device more or less changes nobody else's samples.
 */
export async function partitionForNewDevices(
  { rng, source, data, requested, yieldControl }: Federation,
  { fleet, data: settings }: Experiment,
): Promise<boolean> {
  const built = Array.from({ length: builtDeviceCount(fleet) }, (_, index) => index + 1);
  const added = fleet.added.filter(({ id }) => tierOf(id) === 'device').map(({ id }) => numberOf(id));
  const fresh = [...built, ...added].filter((number) => !data.has(number));
  if (fresh.length === 0) return false;
  const partitioning = { ...settings, partition: partitionInEffect(settings), devices: built.length };
  let slice = 0;
  for (const [number, own] of partitionData(source, partitioning, fresh, rng.split('partition'))) {
    data.set(number, own.data);
    requested.set(number, own.requested);
    slice += sampleCount(own.data);
    if (slice < SLICE_SAMPLES) continue;
    slice = 0;
    await yieldControl();
  }
  return true;
}

/** What the page shows of it. */
export const dataDistribution = ({ data, requested, source }: Federation): DataDistribution =>
  toDataDistribution({ data, requested }, source);
