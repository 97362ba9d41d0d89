// A summary of the efficiency table in one or two sentences, which claim no more than the standard deviation over the seeds allows.

import type { EfficiencyRow } from './efficiency.ts';
import { formatPointsWithSd } from './percentage-points.ts';
import { BASELINE } from './pipelines.ts';
import { exceedsSpread, type SampleStatistics } from './statistics.ts';

const listed = new Intl.ListFormat('en-GB');

/** What rounds to 0.0 points is no difference, however steady it is. */
const LEAST = 0.0005;

const isDifference = (spread: SampleStatistics): boolean => exceedsSpread(spread) && spread.mean >= LEAST;

const negative = ({ mean, ...rest }: SampleStatistics): SampleStatistics => ({ ...rest, mean: -mean });

/**
 * @param rows that are there: '' of none
 * @param figures whether drops are named too, where no table stands beside
 */
export function toSummarySentence(rows: readonly EfficiencyRow[], figures = true): string {
  const seeds = Math.max(0, ...rows.map((row) => row.seeds.length));
  if (seeds === 0) return '';
  if (seeds === 1)
    return 'One seed is an anecdote: the next may turn a difference of a point or two round. Measure with five or more before you conclude anything.';
  const others = rows.filter(({ id, drop }) => id !== BASELINE && drop.count > 1);
  if (others.length === 0) return '';
  const below = others.filter(({ drop }) => isDifference(drop));
  const above = others.filter(({ drop }) => isDifference(negative(drop)));
  const within = others.filter((row) => !below.includes(row) && !above.includes(row));
  const parts = [
    below.length > 0 &&
      `below FP32 by more than the spread: ${listed.format(below.map(({ label, drop }) => (figures ? `${label} (${formatPointsWithSd(drop)} points)` : label)))}`,
    above.length > 0 && `above it: ${listed.format(above.map(({ label }) => label))}`,
    within.length > 0 && `not to be told from FP32: ${listed.format(within.map(({ label }) => label))}`,
  ].filter((part) => part !== false);
  return `Over ${seeds} seeds, ${parts.join('; ')}.`;
}
