// The history as curves: where each round ends on the chosen axis, and the few rounds that each chart is drawn through.

import type { History } from '../../sim/record/record.ts';
import { absentStatuses } from '../../sim/record/statuses.ts';
import type { Axis } from '../../store/store.ts';
import { type RoundSummary, summaryOf } from '../tiles/round-summary.ts';
import { sampleRounds } from './downsample.ts';
import { type RoundValues, valuesOf } from './round-values.ts';

const steps: Readonly<Record<Axis, (summary: RoundSummary) => number>> = {
  rounds: () => 1,
  seconds: ({ seconds }) => seconds,
  joules: ({ joules }) => joules,
  bytes: ({ up, down }) => up + down,
};

let latest: { history: History; axis: Axis; values: readonly number[] } | null = null;

/** Where each round ends on the axis: round number, or seconds, joules or bytes since the run began. */
export function toAxisValues(history: History, axis: Axis): readonly number[] {
  // Four charts ask for the same values in turn.
  if (latest?.history === history && latest.axis === axis) return latest.values;
  const step = steps[axis];
  let total = 0;
  const values = history.map((record) => {
    total += step(summaryOf(record));
    return total;
  });
  latest = { history, axis, values };
  return values;
}

/** A point of a chart: its place on the axis, and a value for each curve. */
export type Point = Readonly<Record<string, number>>;

export interface ChartSeries {
  readonly points: readonly Point[];
  /** Largest finite value of any round, drawn or not, for the left and the right axis. */
  readonly most: { readonly left: number; readonly right: number };
  /** Traces that were above 0 in some round. */
  readonly present: readonly (keyof RoundValues)[];
}

export interface Trace {
  readonly key: keyof RoundValues;
  readonly side: 'left' | 'right';
}

export interface SeriesOptions {
  readonly traces: readonly Trace[];
  /** What happened over a round rather than at its end: its value fills the time from the round before. */
  readonly over: boolean;
  /** Traces stand on each other: the axis must reach their sum. */
  readonly stacked: boolean;
}

function toSeries(history: History, axis: Axis, { traces, over, stacked }: SeriesOptions): ChartSeries {
  const summaries = history.map(valuesOf);
  const columns = traces.map(({ key }) => summaries.map((summary) => summary[key]));
  const sums = summaries.map((_, i) => columns.reduce((total, column) => total + column[i], 0));
  const mostOf = (side: Trace['side']) => {
    const own = stacked ? [sums] : columns.filter((_, i) => traces[i].side === side);
    return own.reduce(
      (most, column) => column.reduce((high, value) => (Number.isFinite(value) ? Math.max(high, value) : high), most),
      0,
    );
  };
  const edits = history.flatMap(({ changes }, index) => (changes.length > 0 ? [index - 1, index] : []));
  const xs = toAxisValues(history, axis);
  const pointAt = (index: number, x: number): Point => {
    const point: Record<string, number> = { x };
    traces.forEach(({ key }, trace) => {
      point[key] = columns[trace][index];
    });
    return point;
  };
  const points = sampleRounds(stacked ? [sums] : columns, edits).map((index) => pointAt(index, xs[index]));
  // The first round's value reaches back to where the run began.
  if (over && history.length > 0) points.unshift(pointAt(0, 0));
  const present = traces.filter((_, trace) => columns[trace].some((value) => value > 0)).map(({ key }) => key);
  return { points, most: { left: mostOf('left'), right: mostOf('right') }, present };
}

export const toAccuracySeries = (history: History, axis: Axis): ChartSeries =>
  toSeries(history, axis, {
    traces: [
      { key: 'accuracy', side: 'left' },
      { key: 'loss', side: 'right' },
    ],
    over: false,
    stacked: false,
  });

export const toEnergySeries = (history: History, axis: Axis): ChartSeries =>
  toSeries(history, axis, {
    traces: (['compute', 'transmit', 'receive', 'wake', 'idle', 'sleep'] as const).map((key) => ({
      key,
      side: 'left',
    })),
    over: true,
    stacked: true,
  });

export const toBytesSeries = (history: History, axis: Axis): ChartSeries =>
  toSeries(history, axis, {
    traces: [
      { key: 'up', side: 'left' },
      { key: 'down', side: 'left' },
    ],
    over: true,
    stacked: false,
  });

export const toRoundTripSeries = (history: History, axis: Axis): ChartSeries =>
  toSeries(history, axis, { traces: [{ key: 'seconds', side: 'left' }], over: true, stacked: false });

export const toBatterySeries = (history: History, axis: Axis): ChartSeries =>
  toSeries(history, axis, {
    traces: [
      { key: 'alive', side: 'left' },
      { key: 'lowest', side: 'right' },
    ],
    over: false,
    stacked: false,
  });

export const toAbsenceSeries = (history: History, axis: Axis): ChartSeries =>
  toSeries(history, axis, {
    traces: absentStatuses.map((key) => ({ key, side: 'left' })),
    over: true,
    stacked: true,
  });

/** Index of the round nearest to a place on the axis. */
export function roundAt(xs: readonly number[], x: number): number {
  let low = 0;
  let high = xs.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (xs[middle] < x) low = middle + 1;
    else high = middle;
  }
  return low > 0 && x - xs[low - 1] < xs[low] - x ? low - 1 : low;
}
