// Numbers as the lab shows them.

import { formatPointsWithSd } from '../../sim/lab/efficiency/percentage-points.ts';
import type { SampleStatistics } from '../../sim/lab/efficiency/statistics.ts';
import { formatBytes, formatNumber, formatShare } from '../format.ts';

/** 'exact', or '1.21 %' of the message's length. */
export const formatError = (value: number): string =>
  Number.isNaN(value) ? '–' : value === 0 ? 'exact' : `${formatNumber(100 * value)} %`;

/** Four decimals, never rounded up to 1 unless it is. */
export const formatCosine = (value: number): string =>
  Number.isNaN(value) ? '–' : (value > 0.9999 && value < 1 - 1e-9 ? 0.9999 : value).toFixed(4);

/** A value of a tensor, with a true minus sign. */
export const formatValue = (value: number): string => formatNumber(value).replace('-', '−');

/** '91.8 ± 1.1 %': mean and sample standard deviation; of one value '91.8 %'. */
export const formatShareSpread = (spread: SampleStatistics): string =>
  Number.isFinite(spread.sd) ? `${formatPointsWithSd(spread)} %` : formatShare(spread.mean);

/** '12.3 kB ± 410 B' where the bytes differ from seed to seed. */
export const formatBytesSpread = ({ mean, sd }: SampleStatistics): string =>
  sd >= 0.5 ? `${formatBytes(mean)} ± ${formatBytes(sd)}` : formatBytes(mean);
