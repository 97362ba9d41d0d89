// Inverted dropout (Srivastava et al. 2014): while training, a hidden unit is set to zero with probability `rate` and the others
// are scaled up, so that the mean is unchanged. The draws come from the device's own generator and only for its own samples, so
// that they do not depend on other devices.

import type { Rng } from '../../sim/random.ts';

const LEVELS = 2 ** 16;

/** Fills `count` values from `from` on with 0 or the scale. Two units share one draw of 32 bits: 16 bits decide one unit. */
export function drawDropoutMask(mask: Float32Array, from: number, count: number, rate: number, rng: Rng): void {
  const dropped = Math.min(Math.round(rate * LEVELS), LEVELS - 1);
  // The scale belongs to the rounded rate, so that the mean is exact.
  const scale = LEVELS / (LEVELS - dropped);
  const end = from + count;
  for (let at = from; at < end; at += 2) {
    const bits = rng.bits();
    mask[at] = scale * isAtLeast(bits >>> 16, dropped);
    if (at + 1 < end) mask[at + 1] = scale * isAtLeast(bits & (LEVELS - 1), dropped);
  }
}

/** 1 or 0, from the sign of the difference: a branch that the processor cannot predict would cost more than the draw. */
const isAtLeast = (level: number, bound: number): number => (bound - 1 - level) >>> 31;
