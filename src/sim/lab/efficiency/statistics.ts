// Statistics of a figure over several seeds: its mean, and its sample standard deviation (n − 1 in the denominator, Bessel's correction).

export interface SampleStatistics {
  readonly mean: number;
  /** Sample standard deviation; NaN of fewer than two values. */
  readonly sd: number;
  /** How many values it is of. */
  readonly count: number;
}

/** @returns NaN as the mean of no value at all. */
export function sampleStatistics(values: readonly number[]): SampleStatistics {
  const count = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, sd: count > 1 ? Math.sqrt(squares / (count - 1)) : Number.NaN, count };
}

/**
 * Whether paired differences show a gain: their mean is larger than their own sample standard deviation. Of a single pair the
 * spread is unknown, and any gain counts. It is transitive for pairs of the same seeds: a standard deviation obeys the triangle
 * inequality, so where x − y and y − z are beyond their spreads x − z is too.
 */
export function exceedsSpread({ mean, sd, count }: SampleStatistics): boolean {
  return mean > (count > 1 ? sd : 0);
}
