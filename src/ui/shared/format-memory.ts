// Memory as RAM is counted, in powers of two.

import { formatNumber } from '../format.ts';

/** 1 kB of RAM is 1,024 B: what fits a 32 kB board is then never more than 32 kB. */
export function formatMemory(bytes: number): string {
  if (!Number.isFinite(bytes)) return '–';
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const step = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
  const digits = step === 0 ? 4 : 3;
  const shown = step === 0 ? Math.round(bytes) : bytes / 1024 ** step;
  const text =
    Math.abs(shown) < 1e6 ? shown.toLocaleString('en', { maximumSignificantDigits: digits }) : formatNumber(shown);
  return `${text} ${units[step]}`;
}
