// Fractions as percentage points, for tables and sentences: one decimal, a true minus sign.

import type { SampleStatistics } from './statistics.ts';

/** '2.1' points from 0.021; '–' of what is not known. */
export const formatPercentagePoints = (value: number): string =>
  Number.isFinite(value)
    ? (100 * value)
        .toFixed(1)
        .replace(/^-0\.0$/, '0.0')
        .replace('-', '−')
    : '–';

/** '1.6 ± 0.8' points: mean and sample standard deviation; of one value '1.6'. */
export const formatPointsWithSd = ({ mean, sd }: SampleStatistics): string =>
  Number.isFinite(sd)
    ? `${formatPercentagePoints(mean)} ± ${formatPercentagePoints(sd)}`
    : formatPercentagePoints(mean);
