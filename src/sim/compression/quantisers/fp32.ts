// FP32: no quantiser at all. Every value travels as it is, IEEE 754 binary32: what all others are compared with.

import type { Quantiser } from './quantiser.ts';

export const fp32: Quantiser = {
  id: 'fp32',
  label: 'FP32',
  bits: 32,
  wireBits: 32,
  wireCode: 0,
  scaleCount: 0,
  canBeStochastic: false,
  help: 'Sends every value as the 32-bit float it is: nothing is lost.',
  settings: {},
  source: 'IEEE 754 binary32',
  scalesOf: () => [],
  bitsOf: (count) => 32 * count,
  write(values, _scales, out) {
    for (let i = 0; i < values.length; i++) out.f32(values[i]);
  },
  read(into, _scales, from) {
    for (let i = 0; i < into.length; i++) into[i] = from.f32();
  },
  errorBound: () => 0,
};
