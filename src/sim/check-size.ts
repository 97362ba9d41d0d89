// Bounds products of settings: each of them may be as large as its range says, but a browser must be able to hold what they make
// together. The bounds are what the memory of one page takes, about 400 MB each.

import type { Experiment } from './experiment.ts';
import { localWork, wantedAmount } from './round/local-work.ts';
import { builtDevices, tierOf } from './topology.ts';

/** Samples that all devices hold: 70 bytes each. */
const MOST_SAMPLES = 5_000_000;
/** Samples that all devices train on between two reports: at batches of one, each leaves the loss of a step. */
const MOST_TRAINED = 100_000_000;
/** Turns of devices in one round of the cloud: each leaves three bars on the timeline, of 21 bytes. */
const MOST_TURNS = 300_000;
/** Devices in all records of a run: 250 bytes each on the page. */
const MOST_RECORDED = 10_000_000;

const count = (value: number): string => value.toLocaleString('en');

function devicesOf({ fleet }: Experiment): number {
  const isDevice = (id: string): boolean => tierOf(id) === 'device';
  const added = fleet.added.filter(({ id }) => isDevice(id)).length;
  return Math.max(1, builtDevices(fleet) + added - fleet.removed.filter(isDevice).length);
}

/** @throws {RangeError} one sentence, with the path of the setting to lower as its first word. */
export function checkSize(experiment: Experiment): void {
  const { rounds, data, training, aggregation } = experiment;
  const devices = devicesOf(experiment);
  const refuse = (path: string, made: number, what: string, most: number, lower: string): void => {
    if (made <= most) return;
    throw new RangeError(`${path} makes ${count(made)} ${what}; at most ${count(most)} are possible: ${lower}.`);
  };
  const each = (most: number): string => count(Math.floor(most / devices));
  const fleet = `${count(devices)} devices`;
  refuse(
    'data.samplesPerDevice',
    devices * data.samplesPerDevice,
    `samples on ${fleet}`,
    MOST_SAMPLES,
    `${each(MOST_SAMPLES)} a device`,
  );
  const { samples } = localWork(wantedAmount(training), data.samplesPerDevice, training);
  refuse(
    training.localSteps > 0 ? 'training.localSteps' : 'training.localEpochs',
    devices * samples,
    `samples to train on in a round of ${fleet}`,
    MOST_TRAINED,
    `${each(MOST_TRAINED)} a device, each counted as often as it is used`,
  );
  if (aggregation.mode === 'sync') {
    const { gatewayRounds, fogRounds } = aggregation;
    refuse(
      gatewayRounds >= fogRounds ? 'aggregation.gatewayRounds' : 'aggregation.fogRounds',
      devices * gatewayRounds * fogRounds,
      `turns of ${fleet} in a round`,
      MOST_TURNS,
      `gateway rounds × fog rounds up to ${each(MOST_TURNS)}`,
    );
  }
  refuse(
    'rounds',
    rounds * devices,
    `entries in the records of ${fleet}`,
    MOST_RECORDED,
    `${each(MOST_RECORDED)} rounds`,
  );
}
