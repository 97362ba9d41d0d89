// Ternary: −s, 0 or +s with s the largest magnitude. Wen et al. 2017, "TernGrad: Ternary Gradients to Reduce Communication in
// Distributed Deep Learning", where ±s is drawn with probability |v| / s, so that the result is right on average; rounded to the
// nearest, ±s stands for what is beyond s / 2. Five values share a byte in base 3 (3⁵ = 243): 1.6 bits each, near log₂ 3.

import { WireError } from '../wire/format.ts';
import { largestOf, type Quantiser, roundTo } from './quantiser.ts';

const A_BYTE = 5;
/** Bits that tell 3^count values apart, count 0 … 5. */
const GROUP_BITS = [0, 2, 4, 5, 7, 8] as const;

export const ternary: Quantiser = {
  id: 'ternary',
  label: 'Ternary',
  bits: Math.log2(3),
  wireBits: 8 / A_BYTE,
  wireCode: 11,
  scaleCount: 1,
  canBeStochastic: true,
  help: 'Sends only minus, zero or plus the largest change, five values in a byte.',
  settings: {},
  source: 'TernGrad, Wen et al. 2017',
  scalesOf: (values) => [largestOf(values)],
  bitsOf: (count) => 8 * Math.floor(count / A_BYTE) + GROUP_BITS[count % A_BYTE],
  write(values, [scale], out, rng) {
    for (let start = 0; start < values.length; start += A_BYTE) {
      const count = Math.min(A_BYTE, values.length - start);
      let digits = 0;
      for (let i = start + count - 1; i >= start; i--) {
        const magnitude = scale === 0 ? 0 : Math.min(1, roundTo(Math.abs(values[i]) / scale, rng));
        digits = 3 * digits + (values[i] < 0 ? 1 - magnitude : 1 + magnitude);
      }
      out.bits(digits, GROUP_BITS[count]);
    }
  },
  read(into, [scale], from) {
    for (let start = 0; start < into.length; start += A_BYTE) {
      const count = Math.min(A_BYTE, into.length - start);
      let digits = from.bits(GROUP_BITS[count]);
      if (digits >= 3 ** count) {
        throw new WireError('The packet is damaged: it holds a digit that is none of minus, zero and plus.');
      }
      for (let i = 0; i < count; i++) {
        into[start + i] = ((digits % 3) - 1) * scale;
        digits = Math.floor(digits / 3);
      }
    }
  },
  errorBound: (values, rounding) => largestOf(values) / (rounding === 'nearest' ? 2 : 1),
};
