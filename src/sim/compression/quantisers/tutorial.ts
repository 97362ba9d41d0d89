// The tutorial's own quantiser (Tutorial 198, ModelQuantizer), kept for comparison, faults and all: 2^(b−1) − 1 steps
// where b bits allow 2^b − 1, so that "8 bits" has 128 levels and "2 bits" has two; and every number is stored as int8,
// whatever b is, so INT4 and INT2 save nothing over INT8. Arithmetic is float32 in PyTorch's order, rounding half to
// even, as torch.round does.

import { WireError } from '../wire/format.ts';
import { clamp, float32Slack, MAX_FLOAT32, type Quantiser, rangeOf } from './quantiser.ts';

const { fround } = Math;
const EPSILON = fround(1e-8);

/** The nearest whole number; of two equally near, the even one. */
function roundHalfToEven(value: number): number {
  const rounded = Math.round(value);
  return rounded - value === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}

/** Saturates where PyTorch would go on with infinity: a range or a sum beyond float32. */
const finite = (value: number): number => clamp(value, -MAX_FLOAT32, MAX_FLOAT32);

/** The tutorial's min and scale: float32(max − min + 1e-8). */
function scalesOf(values: Float32Array): [min: number, scale: number] {
  const [low, high] = rangeOf(values);
  return [low, finite(fround(fround(high - low) + EPSILON))];
}

export function tutorialQuantiser(bits: 2 | 4 | 8, wireCode: number): Quantiser {
  const steps = 2 ** (bits - 1) - 1;
  return {
    id: `tutorial-int${bits}`,
    label: `Tutorial INT${bits}`,
    bits,
    wireBits: 8,
    wireCode,
    scaleCount: 2,
    canBeStochastic: false,
    help: `The tutorial's variant: ${steps + 1} levels${bits < 8 ? `, INT${bits} in a byte each` : ''}.`,
    settings: {},
    source: 'Tutorial 198, ModelQuantizer',
    scalesOf,
    bitsOf: (count) => 8 * count,
    write(values, [min, scale], out) {
      for (let i = 0; i < values.length; i++) {
        const share = fround(finite(fround(values[i] - min)) / scale);
        out.u8(roundHalfToEven(fround(share * steps)));
      }
    },
    read(into, [min, scale], from) {
      for (let i = 0; i < into.length; i++) {
        const level = from.u8();
        if (level > steps) {
          throw new WireError(
            `The packet is damaged: it holds level ${level} of a quantiser whose highest is ${steps}.`,
          );
        }
        into[i] = finite(fround(fround(fround(level / steps) * scale) + min));
      }
    },
    errorBound(values) {
      if (values.length === 0) return 0;
      const [low, high] = rangeOf(values);
      if (low === high) return 0;
      const [, scale] = scalesOf(values);
      const cutOff = Math.max(0, high - low - scale);
      // Four float32 roundings, each relative to the scale or to the result.
      return scale / steps / 2 + cutOff + 4 * float32Slack(Math.max(scale, -low, high));
    },
  };
}
