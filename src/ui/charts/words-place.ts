// Where the words of a mark stand in a chart: as near as can be to where its chart wants them, and not on a curve. Pure.

import type { CurvePixels, Pixel } from './curve-points.ts';

/** Of a line of words, with a little room. */
const WORDS_PIXELS = 18;

interface Span {
  readonly from: number;
  readonly to: number;
}

/** The heights that a line takes within a stretch of the axis; null where it does not run. */
function heightsOf(line: readonly Pixel[], { from, to }: Span): Span | null {
  let [top, bottom] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const take = (y: number) => {
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  };
  line.forEach((point, i) => {
    if (point.x >= from && point.x <= to) take(point.y);
    const next = line[i + 1];
    if (!next) return;
    for (const x of [from, to])
      if (point.x < x && x < next.x) take(point.y + ((x - point.x) / (next.x - point.x)) * (next.y - point.y));
  });
  return top <= bottom ? { from: top, to: bottom } : null;
}

/** The middle of the words, in pixels from the top of the plot; `wanted` where nothing is free. */
export function wordsPlace(curves: readonly CurvePixels[], stretch: Span, wanted: number, height: number): number {
  const taken = curves.flatMap(({ line }) => heightsOf(line, stretch) ?? []);
  const half = WORDS_PIXELS / 2;
  const isFree = (y: number) => taken.every(({ from, to }) => y + half < from || y - half > to);
  const beside = taken.flatMap(({ from, to }) => [from - half - 1, to + half + 1]);
  const places = [wanted, ...beside].filter((y) => y >= half && y <= height - half && isFree(y));
  return places.sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted))[0] ?? wanted;
}

const TARGET_WORDS_PIXELS = 13;

/** Top of a target's name, in pixels: above its line, or below it where asked, if that is above the axis still. */
export const targetWordsTop = (line: number, isBelow: boolean, bottom: number): number =>
  isBelow && line + 1 + TARGET_WORDS_PIXELS <= bottom ? line + 1 : line - TARGET_WORDS_PIXELS;
