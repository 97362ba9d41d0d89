// The points of a chart's curves in pixels of its plot (x to the right, y down from the top of the axes).

import type { ChartSpec, Curve } from './chart-specs.ts';
import type { Point } from './series.ts';

export interface Pixel {
  readonly x: number;
  readonly y: number;
}

export interface PlotSize {
  readonly width: number;
  readonly height: number;
}

/** The values at the right end and at the top of the plot. */
export interface Tops {
  readonly x: number;
  readonly left: number;
  readonly right: number;
}

export interface CurvePixels {
  readonly curve: Curve;
  readonly line: readonly Pixel[];
  /** What a stacked curve stands on: the line of the one before it, or the axis. */
  readonly base: readonly Pixel[];
}

/** A tenth of a pixel: what nobody sees makes paths long. */
const rounded = (pixels: number): number => Math.round(10 * pixels) / 10;

/** A point beyond the top of its axis is drawn so many heights above it at most: the line leaves the plot, and is cut there. */
const BEYOND = 2;

/** Every curve's line, and in a stack its base, in the curves' order. A value that is no number ends a line. */
export function toCurvePixels(
  points: readonly Point[],
  curves: readonly Curve[],
  shape: ChartSpec['shape'],
  tops: Tops,
  { width, height }: PlotSize,
): CurvePixels[] {
  const xs = points.map((point) => rounded((point.x / tops.x) * width));
  const sums = new Float64Array(points.length);
  const toLine = (values: ArrayLike<number>, top: number): Pixel[] =>
    xs.map((x, i) => ({ x, y: rounded((1 - Math.min(values[i] / top, 1 + BEYOND)) * height) }));
  return curves.map((curve) => {
    const top = tops[curve.side];
    if (shape !== 'stack')
      return {
        curve,
        line: toLine(
          points.map((point) => point[curve.key]),
          top,
        ),
        base: [],
      };
    const base = toLine(sums, top);
    points.forEach((point, i) => {
      sums[i] += point[curve.key];
    });
    return { curve, line: toLine(sums, top), base };
  });
}

export interface OffScalePoint {
  readonly curve: Curve;
  /** Where on the x axis the curve first lies beyond the top of its own axis. */
  readonly x: number;
}

/** Where curves leave the plot at its top: the first point of each stretch beyond it. */
export function toOffScale(points: readonly Point[], curves: readonly Curve[], tops: Omit<Tops, 'x'>): OffScalePoint[] {
  return curves.flatMap((curve) => {
    const isBeyond = (point: Point | undefined) =>
      point !== undefined && point[curve.key] > tops[curve.side] * (1 + 1e-9);
    return points.filter((point, i) => isBeyond(point) && !isBeyond(points[i - 1])).map(({ x }) => ({ curve, x }));
  });
}
