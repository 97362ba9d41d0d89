// INT-b: uniform quantisation to 2^b levels between a vector's smallest and largest value, really packed into b bits.
// Jacob et al. 2018, "Quantization and Training of Neural Networks for Efficient Integer-Arithmetic-Only Inference":
// affine, with a zero point, so that 0 is itself a level whenever it lies in the range.
//
// Why this variant: an update is mostly near zero, with a few large values of either sign. Root mean square error over
// the update's own, worst of six updates trained on 20 to 100 samples (TinyMLP, SGD), as once measured:
//   levels                                    INT8    INT4   INT2
//   affine with a zero point (this one)       1.1 %   19 %    68 %
//   affine, levels anywhere                   1.1 %   19 %   120 %  (every value near zero moves by up to half a step)
//   symmetric, ±max over 2^b − 1 levels       1.2 %   21 %    86 %
// Moving the levels onto zero costs nothing in the worst case: the error stays within half a step, that is
// (max − min) / (2^b − 1) / 2.
//
// Rounded by chance (Alistarh et al. 2017, "QSGD"), a value is right on average. That holds only between two levels, so the
// range is then widened until its ends are levels too. The error is then within one step; at the two ends of float32's own
// range, which cannot be widened, it is within a step but no longer right on average.

import { clamp, float32Slack, MAX_FLOAT32, type Quantiser, type Rounding, rangeOf, roundTo } from './quantiser.ts';

interface Grid {
  /** The value of level 0. */
  readonly base: number;
  /** The distance of two levels; 0 if all values are the same. */
  readonly step: number;
}

/** Both ends derive the same levels from the two scales, in double precision: no range can overflow or vanish. */
function gridOf(low: number, high: number, steps: number): Grid {
  const step = (high - low) / steps;
  const holdsZero = low < 0 && high > 0;
  return { base: holdsZero ? -Math.round(-low / step) * step : low, step };
}

/** The smallest range around the values that has zero and both of its ends on levels. */
function widened([low, high]: [number, number], steps: number): [number, number] {
  if (!(low < 0 && high > 0)) return [low, high];
  const below = clamp(Math.round((-low / (high - low)) * steps), 1, steps - 1);
  const step = Math.max(-low / below, high / (steps - below));
  const outward = (value: number) => clamp(Math.fround(value * (1 + 2 ** -22)), -MAX_FLOAT32, MAX_FLOAT32);
  return [outward(-below * step), outward((steps - below) * step)];
}

export function intQuantiser(bits: 2 | 3 | 4 | 6 | 8, wireCode: number): Quantiser {
  const steps = 2 ** bits - 1;
  const scalesOf = (values: Float32Array, rounding: Rounding): [number, number] =>
    rounding === 'nearest' ? rangeOf(values) : widened(rangeOf(values), steps);
  return {
    id: `int${bits}`,
    label: `INT${bits}`,
    bits,
    wireBits: bits,
    wireCode,
    scaleCount: 2,
    canBeStochastic: true,
    help: `Rounds each value to one of ${steps + 1} levels between its tensor's smallest and largest value.`,
    settings: {},
    source: 'Jacob et al. 2018; by chance: QSGD, Alistarh et al. 2017',
    scalesOf,
    bitsOf: (count) => bits * count,
    write(values, [low, high], out, rng) {
      const { base, step } = gridOf(low, high, steps);
      for (let i = 0; i < values.length; i++) {
        const level = step === 0 ? 0 : roundTo((values[i] - base) / step, rng);
        out.bits(clamp(level, 0, steps), bits);
      }
    },
    read(into, [low, high], from) {
      const { base, step } = gridOf(low, high, steps);
      for (let i = 0; i < into.length; i++) {
        // The zero point may push the outermost levels past the range by half a step, where no value was.
        into[i] = clamp(base + from.bits(bits) * step, low, high);
      }
    },
    errorBound(values, rounding) {
      if (values.length === 0) return 0;
      const [low, high] = scalesOf(values, rounding);
      const step = (high - low) / steps;
      const most = rounding === 'nearest' ? step / 2 : step;
      return low === high ? 0 : most + float32Slack(Math.max(-low, high));
    },
  };
}
