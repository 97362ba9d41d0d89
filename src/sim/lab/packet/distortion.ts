// The distortion of a lossy codec: how the decoded values differ from those that were encoded.

export interface Distortion {
  /** Euclidean length of the error over that of the message; 0 if nothing is lost, NaN if only the message is all zeros. */
  readonly relativeError: number;
  /** Cosine of the angle between what was sent and what arrived: 1 points the same way; NaN if either is all zeros. */
  readonly cosine: number;
  /** Share of the values that arrive as exactly zero, 0 … 1. */
  readonly zeros: number;
  readonly largestError: number;
}

export function distortionOf(before: Float32Array, after: Float32Array): Distortion {
  let [error, sent, arrived, product, zeros, largest] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < before.length; i++) {
    const [a, b] = [before[i], after[i]];
    error += (a - b) ** 2;
    sent += a * a;
    arrived += b * b;
    product += a * b;
    largest = Math.max(largest, Math.abs(a - b));
    if (b === 0) zeros++;
  }
  return {
    relativeError: error === 0 ? 0 : sent === 0 ? Number.NaN : Math.sqrt(error / sent),
    cosine: sent === 0 || arrived === 0 ? Number.NaN : Math.max(-1, Math.min(1, product / Math.sqrt(sent * arrived))),
    zeros: before.length === 0 ? 0 : zeros / before.length,
    largestError: largest,
  };
}
