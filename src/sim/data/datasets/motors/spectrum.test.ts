import { expect, test } from 'vitest';
import { Rng } from '../../../random.ts';
import { BANDS, BIN_HZ, BINS, bandDensities, bandEdges, powerSpectrum, SAMPLE_RATE, WINDOW } from './spectrum.ts';

const flat = new Float64Array(BINS).fill(1);

function tone(hertz: number, amplitude: number): Float64Array {
  return Float64Array.from(
    { length: WINDOW },
    (_, n) => amplitude * Math.cos((2 * Math.PI * hertz * n) / SAMPLE_RATE + 1),
  );
}

function powerOf(signal: Float64Array): Float64Array {
  const power = new Float64Array(BINS);
  powerSpectrum(signal, power);
  return power;
}

test('agrees with the discrete Fourier transform written out', () => {
  const rng = new Rng('spectrum');
  const signal = Float64Array.from({ length: WINDOW }, () => rng.normal());
  const power = powerOf(signal);
  let windowEnergy = 0;
  const weights = Float64Array.from({ length: WINDOW }, (_, n) => Math.sin((Math.PI * n) / WINDOW) ** 2);
  for (const weight of weights) windowEnergy += weight ** 2;
  for (const bin of [0, 1, 2, 7, 64, 127, 128, 200, 255, 256]) {
    let re = 0;
    let im = 0;
    for (let n = 0; n < WINDOW; n++) {
      re += signal[n] * weights[n] * Math.cos((2 * Math.PI * bin * n) / WINDOW);
      im -= signal[n] * weights[n] * Math.sin((2 * Math.PI * bin * n) / WINDOW);
    }
    expect(power[bin]).toBeCloseTo((2 * (re * re + im * im)) / (WINDOW * windowEnergy), 10);
  }
});

test.each([50, 51.3, 333, 1200.7])('a tone of %f Hz peaks at its bin and has power A²/2', (hertz) => {
  const power = powerOf(tone(hertz, 3));
  expect(power.indexOf(Math.max(...power))).toBe(Math.round(hertz / BIN_HZ));
  expect(power.reduce((a, b) => a + b, 0)).toBeCloseTo(4.5, 1);
});

test('the bands are equal steps of a logarithmic scale from 12.5 to 1600 Hz', () => {
  expect(bandEdges).toHaveLength(BANDS + 1);
  expect(bandEdges[0]).toBe(12.5);
  expect(bandEdges[BANDS]).toBeCloseTo(SAMPLE_RATE / 2, 9);
  for (let band = 1; band <= BANDS; band++)
    expect(Math.log2(bandEdges[band] / bandEdges[band - 1])).toBeCloseTo(7 / 16, 9);
});

test('a tone in the middle of a band is loudest there', () => {
  // Below 30 Hz a band is narrower than the window can resolve; there the neighbour may be as loud.
  for (let band = 3; band < BANDS; band++) {
    const densities = new Float32Array(BANDS);
    bandDensities(powerOf(tone(Math.sqrt(bandEdges[band] * bandEdges[band + 1]), 1)), flat, densities, 0);
    expect(densities.indexOf(Math.max(...densities))).toBe(band);
  }
});

test('white noise of variance one has the same density in every band: one part in 1600 per Hz', () => {
  const rng = new Rng('white');
  const mean = new Float64Array(BANDS);
  const densities = new Float32Array(BANDS);
  const windows = 400;
  for (let i = 0; i < windows; i++) {
    bandDensities(powerOf(Float64Array.from({ length: WINDOW }, () => rng.normal())), flat, densities, 0);
    for (let band = 0; band < BANDS; band++) mean[band] += densities[band] / windows;
  }
  for (const density of mean) expect(Math.abs(density * 1600 - 1)).toBeLessThan(0.2);
});
