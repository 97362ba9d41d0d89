// Sign: one bit a value, and one scale. With the mean magnitude as the scale it is the compressor of Karimireddy et al. 2019,
// "Error Feedback Fixes SignSGD and other Gradient Compression Schemes", biased, and meant to be used with error feedback.
// Drawn by chance, +s with probability (1 + v / s) / 2 and s the largest magnitude, it is right on average and very noisy.
// Error bound: the sum of squares of the error is 1 − (Σ|v|)² / (n Σv²) of the vector's own; for each value see `errorBound`.

import { float32Slack, largestOf, type Quantiser, type Rounding } from './quantiser.ts';

function scaleOf(values: Float32Array, rounding: Rounding): number {
  if (rounding === 'stochastic') return largestOf(values);
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += Math.abs(values[i]);
  return Math.fround(sum / values.length);
}

export const sign: Quantiser = {
  id: 'sign',
  label: '1-bit sign',
  bits: 1,
  wireBits: 1,
  wireCode: 12,
  scaleCount: 1,
  canBeStochastic: true,
  help: 'Sends one bit a value, its sign, and one size for all. Needs error feedback to learn well.',
  settings: {},
  source: 'Karimireddy et al. 2019',
  scalesOf: (values, rounding) => [scaleOf(values, rounding)],
  bitsOf: (count) => count,
  write(values, [scale], out, rng) {
    for (let i = 0; i < values.length; i++) {
      const value = values[i];
      const isPlus = rng === null || scale === 0 ? value >= 0 : rng.uniform() < (1 + value / scale) / 2;
      out.bits(isPlus ? 1 : 0, 1);
    }
  },
  read(into, [scale], from) {
    for (let i = 0; i < into.length; i++) into[i] = from.bits(1) === 1 ? scale : -scale;
  },
  errorBound(values, rounding) {
    if (values.length === 0) return 0;
    const scale = scaleOf(values, rounding);
    const largest = largestOf(values);
    if (rounding === 'stochastic') return 2 * largest;
    // A value may be of either sign's scale away: |v| and the scale differ at most by the larger of both.
    let most = 0;
    for (let i = 0; i < values.length; i++) most = Math.max(most, Math.abs(Math.abs(values[i]) - scale));
    return most + float32Slack(largest);
  },
};
