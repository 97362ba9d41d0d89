// FP16: IEEE 754 binary16, rounded to nearest, ties to even; 10 fraction bits, down to 2⁻²⁴. Micikevicius et al. 2018,
// "Mixed Precision Training". It needs no scale. A value beyond ±65,504 is sent as ±65,504: IEEE would make it
// infinite, and one infinite value in a mean would spoil the model of everyone.

import { WireError } from '../wire/format.ts';
import { largestOf, type Quantiser } from './quantiser.ts';

const MAX_HALF = 65504;
const MAX_HALF_BITS = 0x7bff;

const float = new Float32Array(1);
const word = new Uint32Array(float.buffer);

/** The 16 bits of the half nearest to a float32. */
export function halfBits(value: number): number {
  float[0] = value;
  const sign = (word[0] >>> 16) & 0x8000;
  const magnitude = word[0] & 0x7fffffff;
  if (magnitude < 0x38800000) {
    // Below 2⁻¹⁴ halves lie 2⁻²⁴ apart, as float32s do in [½, 1): adding ½ makes the hardware round to them.
    float[0] = Math.abs(value) + 0.5;
    return sign | (word[0] - 0x3f000000);
  }
  // The fraction loses 13 bits. Just under half a unit is added first, and one more if the result would be odd.
  const rounded = (magnitude - 0x38000000 + 0x0fff + ((magnitude >>> 13) & 1)) >>> 13;
  return sign | Math.min(rounded, MAX_HALF_BITS);
}

/** The value of a finite half. @throws {WireError} for the patterns of infinity and NaN. */
export function halfValue(bits: number): number {
  const magnitude = bits & 0x7fff;
  if (magnitude > MAX_HALF_BITS) {
    throw new WireError('The packet is damaged: it holds a 16-bit float that is not finite.');
  }
  const sign = bits & 0x8000 ? -1 : 1;
  if (magnitude < 0x0400) return sign * magnitude * 2 ** -24;
  word[0] = (magnitude << 13) + 0x38000000;
  return sign * float[0];
}

export const fp16: Quantiser = {
  id: 'fp16',
  label: 'FP16',
  bits: 16,
  wireBits: 16,
  wireCode: 1,
  scaleCount: 0,
  canBeStochastic: false,
  help: 'Sends half-precision floats: about three decimal digits each; beyond ±65,504 they saturate.',
  settings: {},
  source: 'IEEE 754 binary16; Micikevicius et al. 2018',
  scalesOf: () => [],
  bitsOf: (count) => 16 * count,
  write(values, _scales, out) {
    for (let i = 0; i < values.length; i++) out.bits(halfBits(values[i]), 16);
  },
  read(into, _scales, from) {
    for (let i = 0; i < into.length; i++) into[i] = halfValue(from.bits(16));
  },
  /** Half a unit of the largest value's last bit, or what saturation cuts off. */
  errorBound(values) {
    const largest = largestOf(values);
    return Math.max(2 ** -25, Math.min(largest, MAX_HALF) * 2 ** -11, largest - MAX_HALF);
  },
};
