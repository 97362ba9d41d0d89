// bfloat16: a float32 without its last 16 bits. The full range, and two to three decimal digits; the nearest of two is taken,
// of equally near ones the even. Kalamkar et al. 2019, "A Study of BFLOAT16 for Deep Learning Training".

import { WireError } from '../wire/format.ts';
import { largestOf, type Quantiser } from './quantiser.ts';

const word = new Uint32Array(1);
const float = new Float32Array(word.buffer);

const EXPONENT = 0x7f80;
/** Bits and value of the largest finite bfloat16. */
const MAX_BITS = 0x7f7f;
const MAX_VALUE = (2 - 2 ** -7) * 2 ** 127;

export const bf16: Quantiser = {
  id: 'bf16',
  label: 'bfloat16',
  bits: 16,
  wireBits: 16,
  wireCode: 8,
  scaleCount: 0,
  canBeStochastic: false,
  help: 'Sends the upper half of each 32-bit float: its whole range, and two to three decimal digits.',
  settings: {},
  source: 'Kalamkar et al. 2019',
  scalesOf: () => [],
  bitsOf: (count) => 16 * count,
  write(values, _scales, out) {
    for (let i = 0; i < values.length; i++) {
      float[0] = values[i];
      const magnitude = word[0] & 0x7fffffff;
      const rounded = (magnitude + 0x7fff + ((magnitude >>> 16) & 1)) >>> 16;
      out.bits(((word[0] >>> 16) & 0x8000) | Math.min(rounded, MAX_BITS), 16);
    }
  },
  read(into, _scales, from) {
    for (let i = 0; i < into.length; i++) {
      const bits = from.bits(16);
      if ((bits & EXPONENT) === EXPONENT) {
        throw new WireError('The packet is damaged: it holds a bfloat16 that is not finite.');
      }
      word[0] = bits << 16;
      into[i] = float[0];
    }
  },
  /** Half a unit of the largest value's last bit, or what saturation cuts off. */
  errorBound(values) {
    const largest = largestOf(values);
    return Math.max(2 ** -134, largest * 2 ** -8, largest - MAX_VALUE);
  },
};
