// How a number moves: the last thirty rounds for a sparkline, and the change over the last five.

import type { History } from '../../sim/record/record.ts';
import { type RoundSummary, summaryOf } from './round-summary.ts';

const SPARK_ROUNDS = 30;
/** The change is measured against so many rounds earlier, or the first round while there are fewer. */
export const TREND_ROUNDS = 5;

export interface Trend {
  /** Values of the last rounds, oldest first. */
  readonly values: readonly number[];
  /** Last value less the one `over` rounds earlier; null while there is only one. */
  readonly change: number | null;
  readonly over: number;
  /** As many devices were missing then as now: else the change says nothing of better or worse. */
  readonly isComparable: boolean;
}

export function toTrend(history: History, read: (summary: RoundSummary) => number): Trend {
  const values = history.slice(-SPARK_ROUNDS).map((record) => read(summaryOf(record)));
  const over = Math.min(TREND_ROUNDS, values.length - 1);
  if (over < 1) return { values, change: null, over: 0, isComparable: true };
  const [now, then] = [history.length - 1, history.length - 1 - over].map((index) => summaryOf(history[index]).missing);
  const change = values[values.length - 1] - values[values.length - 1 - over];
  return { values, change: Number.isFinite(change) ? change : null, over, isComparable: now === then };
}

/** 'up', 'down', or 'level' where the change is lost in the digits shown. */
export function directionOf(change: number, value: number): 'up' | 'down' | 'level' {
  if (Math.abs(change) <= Math.abs(value) * 5e-4) return 'level';
  return change > 0 ? 'up' : 'down';
}

/** Points of a polyline through the values in a box of this size; a level line lies in the middle. */
export function sparkPoints(values: readonly number[], width: number, height: number): string {
  const known = values.filter(Number.isFinite);
  const low = Math.min(...known);
  const high = Math.max(...known);
  const range = high - low;
  const isLevel = directionOf(range, high) === 'level';
  const y = (value: number) => (!isLevel ? height - ((value - low) / range) * height : height / 2);
  const step = width / Math.max(1, values.length - 1);
  return values
    .flatMap((value, i) => (Number.isFinite(value) ? [`${(i * step).toFixed(1)},${y(value).toFixed(1)}`] : []))
    .join(' ');
}
