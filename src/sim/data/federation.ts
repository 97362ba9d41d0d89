// A federation is an experiment with its data dealt: who holds which samples, and the test set that nobody trains on.

import type { Experiment } from '../experiment/experiment.ts';
import { builtDevices, numberOf, tierOf } from '../fleet/topology.ts';
import { Rng } from '../random.ts';
import { type DataSource, type LabelledData, type ReadAsset, sampleCount } from './dataset.ts';
import { datasets } from './datasets/index.ts';
import { deal } from './deal.ts';
import { type DealtData, toDealt } from './dealt.ts';
import { partitionInEffect } from './partition-in-effect.ts';

/** Called between two slices of a long piece of work; what it throws ends the work. */
export type Rest = () => Promise<void>;

export interface Federation {
  readonly experiment: Experiment;
  /** All the run's chance comes from here, split by purpose. */
  readonly rng: Rng;
  readonly source: DataSource;
  /** Samples by device number; grows when a device is added. */
  readonly data: Map<number, LabelledData>;
  /** Samples that the partition asked for, by device number: where a class ran out, a device holds fewer. */
  readonly asked: Map<number, number>;
  readonly rest: Rest;
}

/** Samples dealt between two rests: about ten milliseconds of work, where a sample has to be synthesised. */
const SLICE_SAMPLES = 500;

const noRest: Rest = async () => {};

/** Samples that the cloud distils on, which no device may have; 0 without distillation. */
const publicSamplesOf = ({ families }: Experiment): number =>
  families.assignment === 'one' ? 0 : families.publicSamples;

/**
 * With a `rest` the dealing of a large fleet's data lets others have their turn; what is dealt is the same.
 * @param publicSamples to be held out from the devices' data; by default those that the experiment's families need
 */
export async function openFederation(
  experiment: Experiment,
  readAsset: ReadAsset,
  rest: Rest = noRest,
  publicSamples: number = publicSamplesOf(experiment),
): Promise<Federation> {
  const rng = new Rng(experiment.seed);
  const source = await datasets[experiment.data.dataset].open({
    devices: builtDevices(experiment.fleet),
    publicSamples,
    rng: rng.split('data'),
    settings: experiment.data,
    readAsset,
  });
  const data = new Map<number, LabelledData>();
  const federation = { experiment, rng, source, data, asked: new Map<number, number>(), rest };
  await dealToNew(federation, experiment);
  return federation;
}

/**
 * Deals samples to the devices that have none yet; returns whether there were any. Every device that ever was is dealt to,
 * in the order of the numbers, so that one device more or less changes nobody else's samples.
 */
export async function dealToNew(
  { rng, source, data, asked, rest }: Federation,
  { fleet, data: settings }: Experiment,
): Promise<boolean> {
  const built = Array.from({ length: builtDevices(fleet) }, (_, index) => index + 1);
  const added = fleet.added.filter(({ id }) => tierOf(id) === 'device').map(({ id }) => numberOf(id));
  const fresh = [...built, ...added].filter((number) => !data.has(number));
  if (fresh.length === 0) return false;
  const dealing = { ...settings, partition: partitionInEffect(settings), devices: built.length };
  let slice = 0;
  for (const [number, dealt] of deal(source, dealing, fresh, rng.split('partition'))) {
    data.set(number, dealt.data);
    asked.set(number, dealt.asked);
    slice += sampleCount(dealt.data);
    if (slice < SLICE_SAMPLES) continue;
    slice = 0;
    await rest();
  }
  return true;
}

/** What the page shows of it. */
export const dealtData = ({ data, asked, source }: Federation): DealtData => toDealt({ data, asked }, source);
