// From a window of vibration to 16 band levels, as a condition-monitoring sensor computes them on board: Hann window, real
// FFT, energies of logarithmically spaced bands (constant percentage bandwidth: IEC 61260-1; Randall, Vibration-based
// Condition Monitoring, 2011, ch. 3). In log-spaced bands a faster shaft moves its harmonics along the band axis without
// changing their distances, so neighbouring bands belong together: that is what a convolution can use.

import { BANDS, bandEdges, SAMPLE_RATE } from './motor-task.ts';

export { BANDS, bandEdges, SAMPLE_RATE };
export const WINDOW = 512;
/** Width of one FFT bin, Hz. */
export const BIN_HZ = SAMPLE_RATE / WINDOW;
/** Frequency bins from 0 Hz to half the sampling rate. */
export const BINS = WINDOW / 2 + 1;

const HALF = WINDOW / 2;
const hann = Float64Array.from({ length: WINDOW }, (_, n) => 0.5 - 0.5 * Math.cos((2 * Math.PI * n) / WINDOW));
/** Makes the powers of one tone's bins sum to its mean square (Parseval, with the window's own energy divided out). */
const POWER_SCALE = 2 / (WINDOW * hann.reduce((sum, w) => sum + w * w, 0));
const cosines = Float64Array.from({ length: WINDOW }, (_, n) => Math.cos((2 * Math.PI * n) / WINDOW));
const sines = Float64Array.from({ length: WINDOW }, (_, n) => Math.sin((2 * Math.PI * n) / WINDOW));
const reversed = Uint16Array.from({ length: HALF }, (_, index) => {
  let bits = 0;
  for (let bit = 1; bit < HALF; bit *= 2) bits = bits * 2 + (index & bit ? 1 : 0);
  return bits;
});
const real = new Float64Array(HALF);
const imaginary = new Float64Array(HALF);

/** In-place complex FFT of the two work arrays, which hold their input in bit-reversed order (Cooley & Tukey 1965). */
function transform(): void {
  for (let span = 1; span < HALF; span *= 2) {
    const stride = HALF / span;
    for (let k = 0; k < span; k++) {
      const c = cosines[k * stride];
      const s = -sines[k * stride];
      for (let top = k; top < HALF; top += 2 * span) {
        const bottom = top + span;
        const re = real[bottom] * c - imaginary[bottom] * s;
        const im = real[bottom] * s + imaginary[bottom] * c;
        real[bottom] = real[top] - re;
        imaginary[bottom] = imaginary[top] - im;
        real[top] += re;
        imaginary[top] += im;
      }
    }
  }
}

/**
 * One-sided power spectrum of a 512-sample window, written into `power` (257 bins). A tone of amplitude A adds up to A²/2
 * over its few bins. Even samples go in as real parts and odd ones as imaginary parts, which halves the transform.
 */
export function powerSpectrum(signal: Float64Array, power: Float64Array): void {
  for (let i = 0; i < HALF; i++) {
    const n = 2 * reversed[i];
    real[i] = signal[n] * hann[n];
    imaginary[i] = signal[n + 1] * hann[n + 1];
  }
  transform();
  for (let k = 0; k <= HALF; k++) {
    const i = k % HALF;
    const mirror = (HALF - k) % HALF;
    const evenRe = (real[i] + real[mirror]) / 2;
    const evenIm = (imaginary[i] - imaginary[mirror]) / 2;
    const oddRe = (imaginary[i] + imaginary[mirror]) / 2;
    const oddIm = (real[mirror] - real[i]) / 2;
    const c = k === HALF ? -1 : cosines[k];
    const s = k === HALF ? 0 : -sines[k];
    const re = evenRe + c * oddRe - s * oddIm;
    const im = evenIm + c * oddIm + s * oddRe;
    power[k] = (re * re + im * im) * POWER_SCALE;
  }
}

/** Which bins a band collects: a bin is a cell of ±half its width, and counts with the part that lies inside the band. */
const bandBins = Array.from({ length: BANDS }, (_, band) => {
  const low = bandEdges[band] / BIN_HZ;
  const high = bandEdges[band + 1] / BIN_HZ;
  const first = Math.round(low);
  const last = Math.min(BINS - 1, Math.round(high));
  const parts = Float64Array.from({ length: last - first + 1 }, (_, i) =>
    Math.max(0, Math.min(high, first + i + 0.5) - Math.max(low, first + i - 0.5)),
  );
  return { first, parts, hertz: bandEdges[band + 1] - bandEdges[band] };
});

/** Mean power density of each band, per Hz, after a transfer |H|² given bin by bin; written into `out` from `at` on. */
export function bandDensities(power: Float64Array, transfer: Float64Array, out: Float32Array, at: number): void {
  for (let band = 0; band < BANDS; band++) {
    const { first, parts, hertz } = bandBins[band];
    let sum = 0;
    for (let i = 0; i < parts.length; i++) sum += parts[i] * power[first + i] * transfer[first + i];
    out[at + band] = sum / hertz;
  }
}
