// What a chart draws and how it says its values; and the four that are there at first: what each draws, in which colours and patterns, and how it says its values.

import type { History } from '../../sim/record/record.ts';
import type { Axis } from '../../store/store.ts';
import { formatBytes, formatJoules, formatLoss, formatSeconds, formatShare } from '../format.ts';
import { compressionOf, type RoundSummary, sayRatio } from '../tiles/round-summary.ts';
import { ACCURACY_TARGET, ROUND_TRIP_TARGET } from '../tiles/targets.ts';
import type { Mark } from './marks.ts';
import type { RoundValues } from './round-values.ts';
import type { Quantity } from './scale.ts';
import { type ChartSeries, toAccuracySeries, toBytesSeries, toEnergySeries, toRoundTripSeries } from './series.ts';

export interface Curve {
  readonly key: keyof RoundValues;
  readonly label: string;
  /** A variable of theme.css. */
  readonly color: string;
  /** SVG dash pattern, so that curves differ without colour too. */
  readonly dash?: string;
  readonly side: 'left' | 'right';
  readonly format: (value: number) => string;
}

export interface ChartSpec {
  readonly id: string;
  readonly title: string;
  /** Said once, after the title. */
  readonly about: string;
  readonly shape: 'line' | 'step' | 'stack';
  readonly curves: readonly Curve[];
  /** Only curves that were ever above 0 are named and drawn; the words for when none was. */
  readonly onlyPresent?: string;
  readonly left: Quantity;
  readonly right?: Quantity;
  /** The left, and the right, axis always reaches this. */
  readonly least?: number;
  readonly leastRight?: number;
  /** An axis never reaches further: a curve that does is cut there, with a mark, so that the rest stays legible. */
  readonly ceiling?: { readonly left?: number; readonly right?: number };
  /** Its name stands at the end of the line where the curves are elsewhere. */
  readonly target?: { readonly at: number; readonly label: string; readonly end: 'left' | 'right' };
  /** A value that is no curve (a sum, a ratio): said in the tip, and in the head or at the end of the first curve. */
  readonly extra?: {
    readonly label: string;
    readonly read: (values: RoundValues) => string;
    readonly place: 'head' | 'curve';
  };
  /** How far down the words of marks stand, where no curve runs: a share of the height. */
  readonly wordsAt: number;
  /** Top of the left axis before the first round. */
  readonly empty: number;
  /** Events to mark on the curves besides live changes. */
  readonly toNotes?: (history: History, axis: Axis) => readonly Mark[];
  readonly toSeries: (history: History, axis: Axis) => ChartSeries;
}

const joules = (key: keyof RoundSummary, label: string, color: string): Curve => ({
  key,
  label,
  color,
  side: 'left',
  format: formatJoules,
});

const compression = (summary: RoundSummary): string => sayRatio(compressionOf(summary)).replace(' than FP32', '');

/** Guessing among 32 classes costs ln 32 = 3.5 nats: a model that costs more than this diverges, and how far says little. */
const DIVERGED_NATS = 10;

export const accuracySpec: ChartSpec = {
  id: 'accuracy',
  title: 'Accuracy and loss',
  about: '',
  shape: 'line',
  curves: [
    {
      key: 'accuracy',
      label: 'accuracy',
      color: 'var(--ink)',
      side: 'left',
      format: (value) => formatShare(value),
    },
    { key: 'loss', label: 'loss', color: 'var(--message-up)', dash: '5 3', side: 'right', format: formatLoss },
  ],
  left: 'share',
  right: 'nats',
  least: 1,
  ceiling: { right: DIVERGED_NATS },
  target: { at: ACCURACY_TARGET, label: 'target 85 %', end: 'left' },
  wordsAt: 0.42,
  empty: 1,
  toSeries: toAccuracySeries,
};

export const energySpec: ChartSpec = {
  id: 'energy',
  title: 'Energy',
  about: 'a round, all devices, modelled',
  shape: 'stack',
  curves: [
    joules('compute', 'compute', 'var(--compute)'),
    joules('transmit', 'send', 'var(--transmit)'),
    joules('receive', 'receive', 'var(--receive)'),
    joules('wake', 'wake-up', 'var(--wake)'),
    joules('idle', 'wait', 'var(--idle)'),
    joules('sleep', 'sleep', 'var(--sleep)'),
  ],
  left: 'joules',
  extra: { label: 'all devices', read: (summary) => formatJoules(summary.joules), place: 'head' },
  wordsAt: 0,
  empty: 20,
  toSeries: toEnergySeries,
};

export const bytesSpec: ChartSpec = {
  id: 'bytes',
  title: 'Bytes',
  about: 'a round',
  shape: 'step',
  curves: [
    { key: 'up', label: 'up', color: 'var(--message-up)', side: 'left', format: formatBytes },
    { key: 'down', label: 'down', color: 'var(--message-down)', dash: '5 3', side: 'left', format: formatBytes },
  ],
  left: 'bytes',
  extra: { label: 'codec, up', read: compression, place: 'curve' },
  wordsAt: 0,
  empty: 300_000,
  toSeries: toBytesSeries,
};

export const roundTripSpec: ChartSpec = {
  id: 'round-trip',
  title: 'Round trip',
  about: 'modelled',
  shape: 'step',
  curves: [{ key: 'seconds', label: 'round trip', color: 'var(--ink)', side: 'left', format: formatSeconds }],
  left: 'seconds',
  least: 1.2,
  target: { at: ROUND_TRIP_TARGET, label: 'target 1 s', end: 'right' },
  wordsAt: 0,
  empty: 2,
  toSeries: toRoundTripSeries,
};
