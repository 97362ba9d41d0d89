// Two sets of values as histograms on one axis, for comparison.

export interface Histograms {
  /** The axis: equal bins from `low` to `high`. */
  readonly low: number;
  readonly high: number;
  /** How many values fall into each bin. */
  readonly before: Uint32Array;
  readonly after: Uint32Array;
}

function extend([low, high]: readonly [number, number], values: Float32Array): [number, number] {
  let [least, most] = [low, high];
  for (let i = 0; i < values.length; i++) {
    if (values[i] < least) least = values[i];
    if (values[i] > most) most = values[i];
  }
  return [least, most];
}

function count(values: Float32Array, bins: number, low: number, high: number): Uint32Array {
  const counts = new Uint32Array(bins);
  for (let i = 0; i < values.length; i++) {
    // The highest value belongs to the last bin, which would otherwise end just below it.
    counts[Math.min(bins - 1, Math.floor((bins * (values[i] - low)) / (high - low)))]++;
  }
  return counts;
}

/** @param bins an odd number, so that zero lies within a bin and not on the edge of two */
export function toHistograms(before: Float32Array, after: Float32Array, bins: number): Histograms {
  const [least, most] = extend(extend([0, 0], before), after);
  // Zero in the middle: an update is small changes either way, and what a sparsifier drops arrives as zero.
  const reach = Math.max(-least, most) || 1;
  return {
    low: -reach,
    high: reach,
    before: count(before, bins, -reach, reach),
    after: count(after, bins, -reach, reach),
  };
}
