// Bounds products of settings: each of them may be as large as its range says, but a browser must be able to hold what they make
// together. The bounds are what the memory of one page takes, about 400 MB each.

import { taskOf } from '../data/datasets/index.ts';
import { localWork, wantedAmount } from '../engine/device/local-work.ts';
import { tierPolicy } from '../engine/synchrony.ts';
import { builtDeviceCount, tierOf } from '../fleet/topology.ts';
import { modelKindsOf, modelSpecOf } from '../model/model-specs.ts';
import { formatInteger } from '../printable-text.ts';
import type { Experiment } from './experiment.ts';

/** Bytes of the samples that all devices hold. */
const MOST_SAMPLE_BYTES = 350_000_000;
/** Of a sample: a float each feature, and its label among others. */
const sampleBytes = (features: number): number => 4 * features + 6;
/** Weights of all devices' models: 4 bytes each. */
const MOST_WEIGHTS = 200_000_000;
/** Samples that all devices train on between two reports: at batches of one, each leaves the loss of a step. */
const MOST_TRAINED = 100_000_000;
/** Turns of devices in one round of the cloud: each leaves three bars on the timeline, of 21 bytes. */
const MOST_TURNS = 300_000;
/** Devices in all records of a run: 250 bytes each on the page. */
const MOST_RECORDED = 10_000_000;

function devicesOf({ fleet }: Experiment): number {
  const isDevice = (id: string): boolean => tierOf(id) === 'device';
  const added = fleet.added.filter(({ id }) => isDevice(id)).length;
  return Math.max(1, builtDeviceCount(fleet) + added - fleet.removed.filter(isDevice).length);
}

/** @throws {RangeError} one sentence, with the path of the setting to lower as its first word. */
export function checkSize(experiment: Experiment): void {
  const { rounds, data, training } = experiment;
  const devices = devicesOf(experiment);
  const refuse = (made: number, most: number, words: string, each: string): void => {
    if (made <= most) return;
    const possible = `${formatInteger(Math.floor(most / devices))} ${each}`;
    throw new RangeError(
      `${words} are ${formatInteger(made)}; at most ${formatInteger(most)} are possible, ${possible}.`,
    );
  };
  const fleet = `${formatInteger(devices)} ${devices === 1 ? 'device' : 'devices'}`;

  const { samplesPerDevice } = data;
  const dealt = `data.samplesPerDevice: ${formatInteger(samplesPerDevice)} samples × ${fleet}`;
  const maxSamples = Math.floor(MOST_SAMPLE_BYTES / sampleBytes(taskOf(data).features));
  refuse(devices * samplesPerDevice, maxSamples, dealt, 'a device');

  const parameters = Math.max(...modelKindsOf(experiment).map((kind) => modelSpecOf(kind, experiment).parameters));
  const widths = `model.hidden: ${formatInteger(parameters)} weights × ${fleet}`;
  refuse(devices * parameters, MOST_WEIGHTS, widths, 'a device');

  const { samples } = localWork(wantedAmount(training), samplesPerDevice, training);
  const path = training.localSteps > 0 ? 'training.localSteps' : 'training.localEpochs';
  const trained = `${path}: ${formatInteger(samples)} samples trained on in a round × ${fleet}`;
  refuse(devices * samples, MOST_TRAINED, trained, 'a device');

  const gatewayRounds = tierPolicy(experiment, 'gateway').rounds;
  const fogRounds = tierPolicy(experiment, 'fog').rounds;
  if (gatewayRounds * fogRounds > 1) {
    const larger = gatewayRounds >= fogRounds ? 'gatewayRounds' : 'fogRounds';
    const turns = `aggregation.${larger}: ${gatewayRounds} gateway rounds × ${fogRounds} fog rounds × ${fleet}`;
    refuse(devices * gatewayRounds * fogRounds, MOST_TURNS, turns, 'a device');
  }
  refuse(rounds * devices, MOST_RECORDED, `rounds: ${formatInteger(rounds)} records × ${fleet}`, 'rounds');
}
