// Where a slider may stop. On a linear scale these are the multiples of the step; on a log scale round numbers that lie
// about equally far apart as ratios (1, 1.1, 1.2 … 9 in every decade), so that a visitor meets 0.05 and never 0.0501.

import { tidy } from '../quantity.ts';

export interface Range {
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly scale: 'linear' | 'log';
}

const roundOfDecade = [
  1, 1.1, 1.2, 1.3, 1.4, 1.6, 1.8, 2, 2.2, 2.5, 2.8, 3, 3.3, 3.6, 4, 4.5, 5, 5.5, 6, 6.5, 7, 7.5, 8, 9,
];
const MOST_STOPS = 2500;

const onStep = (value: number, step: number): number => tidy(Math.round(value / step) * step);

/** Every stop from `min` to `max`, both included, rising. */
export function stopsOf({ min, max, step, scale }: Range): readonly number[] {
  const between: number[] = [];
  if (scale === 'log') {
    // From 0, which switches something off, to the step, and on in ratios.
    for (let decade = Math.floor(Math.log10(min > 0 ? min : step)); decade <= Math.log10(max); decade++) {
      for (const mantissa of roundOfDecade) between.push(onStep(mantissa * 10 ** decade, step));
    }
  } else {
    const stride = step * Math.max(1, Math.ceil((max - min) / step / MOST_STOPS));
    for (let k = Math.ceil(min / stride); k * stride <= max; k++) between.push(tidy(k * stride));
  }
  return [...new Set([min, ...between.filter((value) => value > min && value < max), max])];
}

/** Where a value lies among the stops: 3 on the fourth, 3.5 half-way from it to the next. */
export function positionOf(stops: readonly number[], value: number): number {
  const next = stops.findIndex((stop) => stop >= value);
  if (next === -1) return stops.length - 1;
  if (next === 0 || stops[next] === value) return next;
  return next - (stops[next] - value) / (stops[next] - stops[next - 1]);
}

/** The stop to go to when the slider is moved to `position`: an arrow key always reaches the neighbouring stop. */
export function stopAt(stops: readonly number[], position: number, from: number): number {
  const index = position > from ? Math.floor(position + 1e-6) : Math.ceil(position - 1e-6);
  return stops[Math.min(Math.max(index, 0), stops.length - 1)];
}
