// Counts of samples by class: whole numbers in given proportions. Largest remainder (Hamilton's method):
// round every quota down, then give what is left to the largest fractions, so that the sum is exact.

import type { LabelledData } from './dataset.ts';

/** Splits `total` in the proportions of `weights`; equal fractions favour the lower index. All-zero weights split evenly. */
export function largestRemainder(total: number, weights: ArrayLike<number>): Uint32Array {
  const shares = Float64Array.from(weights);
  let sum = shares.reduce((a, b) => a + b, 0);
  if (!(sum > 0)) {
    shares.fill(1);
    sum = shares.length;
  }
  const quotas = shares.map((share) => (total * share) / sum);
  const counts = Uint32Array.from(quotas, Math.floor);
  const left = total - counts.reduce((a, b) => a + b, 0);
  const order = [...quotas.keys()].sort((a, b) => quotas[b] - counts[b] - (quotas[a] - counts[a]) || a - b);
  // A class of weight zero has no claim to a remainder; rounding errors alone could otherwise hand it one.
  const entitled = order.filter((index) => shares[index] > 0);
  for (let i = 0; i < left; i++) counts[entitled[i % entitled.length]]++;
  return counts;
}

/** Class labels in the given numbers, in order: [0, 0, 1, 3, 3, 3]. */
export function sortedLabels(counts: ArrayLike<number>): Uint8Array {
  const labels = new Uint8Array(Array.from(counts).reduce((a, b) => a + b, 0));
  let at = 0;
  for (let label = 0; label < counts.length; label++) {
    labels.fill(label, at, at + counts[label]);
    at += counts[label];
  }
  return labels;
}

/** How many samples of each class. */
export function classCounts(data: LabelledData, classes: number): Uint32Array {
  const counts = new Uint32Array(classes);
  for (const label of data.labels) counts[label]++;
  return counts;
}
