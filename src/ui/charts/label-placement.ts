// Placement of a mark's label in a chart: as near as possible to the wanted height without overlapping a curve. Pure functions.

import type { CurvePixels, Pixel } from './curve-points.ts';

/** Height of a label, with a little space. */
const LABEL_PIXELS = 18;

interface Span {
  readonly from: number;
  readonly to: number;
}

/** The heights that a line covers within a span of the axis; null where it has none there. */
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

/** The label's middle, in pixels from the top of the plot; `wanted` where no place is free. */
export function placeLabel(curves: readonly CurvePixels[], span: Span, wanted: number, height: number): number {
  const occupied = curves.flatMap(({ line }) => heightsOf(line, span) ?? []);
  const half = LABEL_PIXELS / 2;
  const isFree = (y: number) => occupied.every(({ from, to }) => y + half < from || y - half > to);
  const beside = occupied.flatMap(({ from, to }) => [from - half - 1, to + half + 1]);
  const places = [wanted, ...beside].filter((y) => y >= half && y <= height - half && isFree(y));
  return places.sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted))[0] ?? wanted;
}

const TARGET_LABEL_PIXELS = 13;

/** Top of a target's name, in pixels: above its line, or below it where asked, if that is above the axis still. */
export const targetLabelTop = (line: number, isBelow: boolean, bottom: number): number =>
  isBelow && line + 1 + TARGET_LABEL_PIXELS <= bottom ? line + 1 : line - TARGET_LABEL_PIXELS;
