// A random rotation before quantising: y = H D x, with D random signs and H a Hadamard matrix. It spreads one large value over
// all, so that the range of a vector shrinks, and with it the distance of two levels; norms are preserved. Caldas, Konečný,
// McMahan & Talwalkar 2018, "Expanding the Reach of Federated Learning by Reducing Client Resource Requirements". A vector is
// rotated in blocks whose lengths are powers of two (160 = 128 + 32), so that nothing has to be padded.
// Error bound: of itself none but float32's rounding; the quantiser's error turns back at the same length (root of the sum of
// squares), so that no value is off by more than that length.

import { Rng } from '../../random.ts';
import { clamp, MAX_FLOAT32 } from './quantiser.ts';

const WORD = 32;

/** Multiplies by D: a sign for each value, 32 of them from each word that the generator draws. */
function flipSigns(values: Float64Array, rng: Rng): void {
  let word = 0;
  for (let i = 0; i < values.length; i++) {
    if (i % WORD === 0) word = rng.bits();
    if (word & 1) values[i] = -values[i];
    word >>>= 1;
  }
}

/** Multiplies values start … start + size by the orthonormal Hadamard matrix, in n log n steps; it is its own inverse. */
function hadamard(values: Float64Array, start: number, size: number): void {
  const end = start + size;
  for (let half = 1; half < size; half *= 2) {
    for (let pair = start; pair < end; pair += 2 * half) {
      for (let i = pair; i < pair + half; i++) {
        const a = values[i];
        const b = values[i + half];
        values[i] = a + b;
        values[i + half] = a - b;
      }
    }
  }
  const scale = 1 / Math.sqrt(size);
  for (let i = start; i < end; i++) values[i] *= scale;
}

function hadamardInBlocks(values: Float64Array): void {
  for (let start = 0; start < values.length; ) {
    // The largest power of two that still fits.
    const size = 2 ** (31 - Math.clz32(values.length - start));
    hadamard(values, start, size);
    start += size;
  }
}

function saturateTo(values: Float64Array, into: Float32Array): void {
  for (let i = 0; i < values.length; i++) into[i] = clamp(values[i], -MAX_FLOAT32, MAX_FLOAT32);
}

/** Rotates in place. @param rng draws the signs: sender and receiver hand in the same one, vector after vector */
export function rotate(values: Float32Array, rng: Rng): void {
  const rotated = new Float64Array(values);
  flipSigns(rotated, rng);
  hadamardInBlocks(rotated);
  saturateTo(rotated, values);
}

/** Undoes `rotate`. */
export function unrotate(values: Float32Array, rng: Rng): void {
  const rotated = new Float64Array(values);
  hadamardInBlocks(rotated);
  flipSigns(rotated, rng);
  saturateTo(rotated, values);
}

/** The generator of a packet's signs. */
export const signGenerator = (seed: number): Rng => new Rng(`rotation ${seed}`);
