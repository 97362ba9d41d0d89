import { describe, expect, test } from 'vitest';
import { Rng } from '../../../random.ts';
import { bpfoOrder, buildMotor, type Motor } from './motor.ts';
import { BIN_HZ, BINS, powerSpectrum, SAMPLE_RATE, WINDOW } from './spectrum.ts';
import { type Condition, conditions, synthesiseVibration } from './vibration.ts';

const motors = Array.from({ length: 12 }, (_, i) => buildMotor(new Rng('motors').split('machine', i + 1)));
const WINDOWS = 24;

/** Mean power spectrum of a motor in one condition, at the bearing. */
function spectrumOf(motor: Motor, condition: Condition): Float64Array {
  const rng = new Rng('windows').split(condition, motor.shaftHz);
  const samples = new Float64Array(WINDOW);
  const power = new Float64Array(BINS);
  const mean = new Float64Array(BINS);
  for (let i = 0; i < WINDOWS; i++) {
    synthesiseVibration(motor, condition, rng, samples);
    powerSpectrum(samples, power);
    for (let bin = 0; bin < BINS; bin++) mean[bin] += power[bin] / WINDOWS;
  }
  return mean;
}

/** Power in the bins around a frequency. */
function near(power: Float64Array, hertz: number, halfWidth = 1): number {
  const centre = Math.round(hertz / BIN_HZ);
  let sum = 0;
  for (let bin = Math.max(0, centre - halfWidth); bin <= Math.min(BINS - 1, centre + halfWidth); bin++)
    sum += power[bin];
  return sum;
}

const peakHz = (power: Float64Array): number => power.indexOf(Math.max(...power)) * BIN_HZ;

describe.each(motors.map((motor, i) => [i + 1, motor] as const))('motor %i', (_, motor) => {
  const shaft = motor.shaftHz;
  const healthy = spectrumOf(motor, 'healthy');

  test('imbalance: the spectrum peaks at the shaft speed, far above a healthy motor', () => {
    const power = spectrumOf(motor, 'imbalance');
    expect(Math.abs(peakHz(power) - shaft)).toBeLessThan(BIN_HZ);
    expect(near(power, shaft) / near(healthy, shaft)).toBeGreaterThan(5);
    expect(near(power, 3 * shaft) / near(healthy, 3 * shaft)).toBeLessThan(2);
  });

  test('misalignment: twice the shaft speed dominates, and three times is raised', () => {
    const power = spectrumOf(motor, 'misalignment');
    expect(Math.abs(peakHz(power) - 2 * shaft)).toBeLessThan(1.5 * BIN_HZ);
    expect(near(power, 3 * shaft) / near(healthy, 3 * shaft)).toBeGreaterThan(5);
  });

  test('looseness: half the shaft speed appears, and so do one and a half and more', () => {
    const power = spectrumOf(motor, 'looseness');
    for (const order of [0.5, 1.5]) {
      expect(near(power, order * shaft, 0) / near(healthy, order * shaft, 0)).toBeGreaterThan(5);
    }
  });

  test('a bearing fault rings the housing and leaves the shaft harmonics as they were', () => {
    const power = spectrumOf(motor, 'bearing fault');
    expect(near(power, motor.housingHz, 6) / near(healthy, motor.housingHz, 6)).toBeGreaterThan(3);
    expect(near(power, shaft) / near(healthy, shaft)).toBeLessThan(1.6);
  });

  test('a bearing fault knocks at the ball passing frequency: it shows in the squared envelope', () => {
    const rng = new Rng('envelope').split(shaft);
    const samples = new Float64Array(WINDOW);
    const power = new Float64Array(BINS);
    const envelope = new Float64Array(BINS);
    for (let i = 0; i < 40; i++) {
      synthesiseVibration(motor, 'bearing fault', rng, samples);
      // Differencing first takes the slow shaft harmonics out; squaring turns bursts into their rate.
      for (let n = WINDOW - 1; n > 0; n--) samples[n] = (samples[n] - samples[n - 1]) ** 2;
      samples[0] = samples[1];
      powerSpectrum(samples, power);
      for (let bin = 0; bin < BINS; bin++) envelope[bin] += power[bin];
    }
    const rate = motor.bpfoOrder * shaft;
    expect(near(envelope, rate)).toBeGreaterThan(1.5 * near(envelope, 0.6 * rate));
    expect(near(envelope, rate)).toBeGreaterThan(1.5 * near(envelope, 1.5 * rate));
  });
});

test('the outer race of a ball bearing is passed n/2 (1 − d/D) times a turn', () => {
  // An SKF 6205 has 9 balls of 7.94 mm on a pitch circle of 39.04 mm; its data sheet says 3.585 times a turn.
  expect(bpfoOrder(9, 7.94 / 39.04)).toBeCloseTo(3.585, 2);
});

test('every window is finite and of a size that an accelerometer meets', () => {
  const samples = new Float64Array(WINDOW);
  for (const motor of motors) {
    for (const condition of conditions) {
      synthesiseVibration(motor, condition, new Rng('finite').split(condition), samples);
      expect(samples.every((sample) => Math.abs(sample) < 160)).toBe(true);
    }
  }
});

test('no two machines are alike, and a machine is the same every time', () => {
  expect(new Set(motors.map((motor) => motor.shaftHz)).size).toBe(motors.length);
  expect(buildMotor(new Rng('motors').split('machine', 1))).toEqual(motors[0]);
  for (const motor of motors) expect(motor.housingHz).toBeLessThan(SAMPLE_RATE / 2);
});
