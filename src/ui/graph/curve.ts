// The curve of a link: it leaves the upper node straight down, fans out sideways, and comes straight down on the lower
// node. The drawn link and the messages that travel on it share this curve.

import type { Point, Rect } from './geometry.ts';
import { type Layout, sizeOf } from './layout.ts';

export interface Curve {
  readonly top: Point;
  /** Where the fan ends and the link goes straight down. */
  readonly bend: Point;
  readonly bottom: Point;
}

/** `fanEnd` is the height at which the links of one gateway have fanned out. */
export function curveOf(top: Point, bottom: Point, fanEnd: number): Curve {
  const lowest = Math.max(bottom.y, top.y);
  const bendY = Math.min(Math.max(fanEnd, top.y), lowest);
  return { top, bend: { x: bottom.x, y: bendY }, bottom };
}

/** How far the control points lie from the ends: the lower the fan, the softer. */
const SOFTNESS = 0.58;

/** The control points of the fan, the upper first. */
const controlsOf = ({ top, bend }: Curve): readonly [Point, Point] => {
  const reach = (bend.y - top.y) * SOFTNESS;
  return [
    { x: top.x, y: top.y + reach },
    { x: bend.x, y: bend.y - reach },
  ];
};

const at = ({ x, y }: Point): string => `${x.toFixed(1)},${y.toFixed(1)}`;

/** As SVG path data, from the lower node up: a link belongs to its lower node. */
export function pathOf(curve: Curve): string {
  const [upper, lower] = controlsOf(curve);
  return `M${at(curve.bottom)} L${at(curve.bend)} C${at(lower)} ${at(upper)} ${at(curve.top)}`;
}

/** The same on a canvas, as a part of its present path. */
export function trace(context: CanvasPath, curve: Curve): void {
  const { top, bend, bottom } = curve;
  const [upper, lower] = controlsOf(curve);
  context.moveTo(bottom.x, bottom.y);
  context.lineTo(bend.x, bend.y);
  context.bezierCurveTo(lower.x, lower.y, upper.x, upper.y, top.x, top.y);
}

/** What the curve is within. */
export const boundsOf = ({ top, bottom }: Curve): Rect => ({
  x: Math.min(top.x, bottom.x),
  y: top.y,
  width: Math.abs(top.x - bottom.x),
  height: bottom.y - top.y,
});

/** The point at a share of the way down, 0 at the top … 1 at the bottom. */
export function pointOn(curve: Curve, share: number): Point {
  const { top, bend, bottom } = curve;
  const fan = Math.hypot(bend.x - top.x, bend.y - top.y);
  const straight = Math.hypot(bottom.x - bend.x, bottom.y - bend.y);
  const travelled = Math.min(1, Math.max(0, share)) * (fan + straight);
  if (travelled > fan && straight > 0) {
    const t = (travelled - fan) / straight;
    return { x: bend.x + t * (bottom.x - bend.x), y: bend.y + t * (bottom.y - bend.y) };
  }
  const t = fan === 0 ? 0 : travelled / fan;
  const [upper, lower] = controlsOf(curve);
  const [a, b, c, d] = [(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t ** 3];
  return {
    x: a * top.x + b * upper.x + c * lower.x + d * bend.x,
    y: a * top.y + b * upper.y + c * lower.y + d * bend.y,
  };
}

/** The curve of a link at rest, by its ends. */
export function linkCurve(layout: Layout, id: string, parent: string): Curve | undefined {
  const lower = layout.centres.get(id);
  const upper = layout.centres.get(parent);
  if (!lower || !upper) return undefined;
  const bottom = { x: lower.x + (layout.shifts.get(id) ?? 0), y: lower.y - sizeOf(layout, id).height / 2 };
  const top = { x: upper.x, y: upper.y + sizeOf(layout, parent).height / 2 };
  return curveOf(top, bottom, layout.fanEnds.get(parent) ?? bottom.y);
}
