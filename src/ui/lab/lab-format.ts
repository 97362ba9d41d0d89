// Numbers as the lab shows them.

import type { Spread } from '../../sim/lab/spread.ts';
import { formatBytes, formatNumber, formatShare } from '../format.ts';

/** 'exact', or '1.21 %' of the message's length. */
export const formatError = (value: number): string =>
  Number.isNaN(value) ? '–' : value === 0 ? 'exact' : `${formatNumber(100 * value)} %`;

/** Four decimals, never rounded up to 1 unless it is. */
export const formatCosine = (value: number): string =>
  Number.isNaN(value) ? '–' : (value > 0.9999 && value < 1 - 1e-9 ? 0.9999 : value).toFixed(4);

/** A value of a tensor, with a true minus sign. */
export const formatValue = (value: number): string => formatNumber(value).replace('-', '−');

/** '2.1' points from 0.021, with a true minus sign. */
export const formatPoints = (value: number): string =>
  Number.isFinite(value)
    ? (100 * value)
        .toFixed(1)
        .replace(/^-0\.0$/, '0.0')
        .replace('-', '−')
    : '–';

/** '91.8 ± 1.1 %': mean and sample standard deviation; of one value '91.8 %'. */
export const formatShareSpread = ({ mean, sd }: Spread): string =>
  Number.isFinite(sd) ? `${formatPoints(mean)} ± ${formatPoints(sd)} %` : formatShare(mean);

/** '1.6 ± 0.8' points. */
export const formatPointsSpread = ({ mean, sd }: Spread): string =>
  Number.isFinite(sd) ? `${formatPoints(mean)} ± ${formatPoints(sd)}` : formatPoints(mean);

/** '12.3 kB ± 410 B' where the bytes differ from seed to seed. */
export const formatBytesSpread = ({ mean, sd }: Spread): string =>
  sd >= 0.5 ? `${formatBytes(mean)} ± ${formatBytes(sd)}` : formatBytes(mean);
