// The factory's windows of vibration, synthesised for each machine (vibration.ts) and analysed (spectrum.ts) as a sensor node would do
// it. Loaded when a run needs them: the page names the data set without.

import type { Rng } from '../../../random.ts';
import { largestRemainder, sortedLabels } from '../../class-counts.ts';
import type { DataSource, DatasetContext, DeviceShare, LabelledData } from '../../dataset.ts';
import { buildMotor, type Motor } from './motor.ts';
import { BANDS, BINS, bandDensities, powerSpectrum, WINDOW } from './spectrum.ts';
import { conditions, synthesiseVibration } from './vibration.ts';

/** Test windows; every class has the same number, every machine as near to the same number as it divides. */
const TEST_WINDOWS = 1000;
/** Machines in the test set at most: beyond this, evenly spaced ids stand for the fleet. */
const TEST_MACHINES = 200;

// A feature is 10·log10(power density / reference) / 10 dB, density in (m/s²)²/Hz. The two constants bring the pooled levels
// of all classes and machines to about zero mean and unit spread; they are fixed, not statistics of anyone's data.
const REFERENCE_DENSITY = 1.6e-4;
const SPREAD_DB = 10;

/** Work space of one measurement: nothing in it outlives the call. */
const samples = new Float64Array(WINDOW);
const power = new Float64Array(BINS);

/** Writes the 16 features of one fresh window into `features` from `at` on. */
function measure(motor: Motor, label: number, rng: Rng, features: Float32Array, at: number): void {
  synthesiseVibration(motor, conditions[label], rng, samples);
  powerSpectrum(samples, power);
  bandDensities(power, motor.transfer, features, at);
  for (let band = 0; band < BANDS; band++) {
    features[at + band] = (10 * Math.log10(features[at + band] / REFERENCE_DENSITY)) / SPREAD_DB;
  }
}

export function openMotors(context: DatasetContext): DataSource {
  const { rng } = context;
  const fleet = Math.max(1, context.devices);
  const motors = new Map<number, Motor>();
  const motorOf = (id: number): Motor => {
    const motor = motors.get(id) ?? buildMotor(rng.split('machine', id));
    motors.set(id, motor);
    return motor;
  };

  function take(deviceId: number, share: DeviceShare): LabelledData {
    const draws = rng.split('windows', deviceId);
    const ordered = sortedLabels(largestRemainder(share.samples, share.mix));
    const labels = Uint8Array.from(draws.permutation(ordered.length), (index) => ordered[index]);
    const features = new Float32Array(labels.length * BANDS);
    for (let i = 0; i < labels.length; i++) {
      const motor = motorOf(share.ownGroup ? deviceId : 1 + draws.integer(fleet));
      measure(motor, labels[i], draws, features, i * BANDS);
    }
    return { features, labels };
  }

  function heldOut(): LabelledData {
    const draws = rng.split('test');
    const machines = Math.min(fleet, TEST_MACHINES);
    const labels = Uint8Array.from({ length: TEST_WINDOWS }, (_, i) => i % conditions.length);
    const features = new Float32Array(TEST_WINDOWS * BANDS);
    for (let i = 0; i < TEST_WINDOWS; i++) {
      const turn = Math.floor(i / conditions.length) % machines;
      const id = 1 + Math.floor((turn * fleet) / machines);
      measure(motorOf(id), labels[i], draws, features, i * BANDS);
    }
    return { features, labels };
  }

  /** Windows of the fleet's machines that no device holds. */
  function unlabelled(samples: number): Float32Array {
    const draws = rng.split('public');
    const features = new Float32Array(samples * BANDS);
    for (let i = 0; i < samples; i++) {
      measure(motorOf(1 + draws.integer(fleet)), draws.integer(conditions.length), draws, features, i * BANDS);
    }
    return features;
  }

  return {
    unlabelled,
    prior: new Float64Array(conditions.length).fill(1 / conditions.length),
    samplesPerDeviceLimit: Number.POSITIVE_INFINITY,
    take,
    test: heldOut(),
  };
}
