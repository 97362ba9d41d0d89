// The curve of a link: from the upper node down to the lower one, never up. The links of a gateway to its first row of devices
// fan out at once; those to the rows below share a channel between the columns, run along a lane above their row and come down
// on their device. The drawn link and the messages that travel on it share this curve.

import type { Lane, Point, Rect } from './geometry.ts';
import { type Layout, sizeOf } from './layout.ts';
import { laneRoom } from './sizes.ts';

/** A straight line, or a cubic Bézier curve where there are control points; from the upper end to the lower. */
interface Piece {
  readonly from: Point;
  readonly controls: readonly [Point, Point] | null;
  readonly to: Point;
  readonly length: number;
}

export interface Curve {
  /** At least one; each begins where the one before it ends. */
  readonly pieces: readonly Piece[];
  readonly length: number;
}

const line = (from: Point, to: Point): Piece => ({
  from,
  controls: null,
  to,
  length: Math.hypot(to.x - from.x, to.y - from.y),
});

/** How far the control points of a fan lie from its ends: the lower the fan, the softer. */
const SOFTNESS = 0.58;

/** Leaves straight down and arrives straight down. */
function fan(from: Point, to: Point): Piece {
  if (from.x === to.x) return line(from, to);
  const reach = (to.y - from.y) * SOFTNESS;
  const controls = [
    { x: from.x, y: from.y + reach },
    { x: to.x, y: to.y - reach },
  ] as const;
  return { from, controls, to, length: Math.hypot(to.x - from.x, to.y - from.y) };
}

/** A quarter of an ellipse, nearly: the control points of the Bézier curve lie at this share of its radii. */
const ROUND = 0.5523;
/** Its length as a multiple of the straight line between its ends. */
const QUARTER = Math.PI / 2 / Math.SQRT2;

const corner = (from: Point, at: Point, to: Point): Piece => {
  const towards = (end: Point): Point => ({ x: end.x + ROUND * (at.x - end.x), y: end.y + ROUND * (at.y - end.y) });
  return {
    from,
    controls: [towards(from), towards(to)],
    to,
    length: QUARTER * Math.hypot(to.x - from.x, to.y - from.y),
  };
};

function curveFrom(pieces: readonly Piece[]): Curve {
  const drawn = pieces.filter(({ length }) => length > 0);
  const kept = drawn.length > 0 ? drawn : pieces.slice(0, 1);
  return { pieces: kept, length: kept.reduce((sum, { length }) => sum + length, 0) };
}

/** `fanEnd` is the height at which the links of one gateway have fanned out. */
export function curveOf(top: Point, bottom: Point, fanEnd: number): Curve {
  const lowest = Math.max(bottom.y, top.y);
  const bend = { x: bottom.x, y: Math.min(Math.max(fanEnd, top.y), lowest) };
  return curveFrom([fan(top, bend), line(bend, bottom)]);
}

/** Radius of the corners into a lane and out of it, at most; and as a share of the room that the lane has on each side. */
const CORNER = 7;
const CORNER_SHARE = 1.6;

/** To a device of a lower row: the channel is reached at `fanEnd`; the lane and the channel have so much `room` on each side. */
export function laneCurve(top: Point, bottom: Point, fanEnd: number, lane: Lane, room: number): Curve {
  const entry = { x: lane.x, y: fanEnd };
  const way = Math.sign(bottom.x - lane.x);
  const across = Math.abs(bottom.x - lane.x);
  if (across === 0) return curveFrom([fan(top, entry), line(entry, bottom)]);
  const first = Math.min(CORNER, CORNER_SHARE * room, across / 2, lane.y - fanEnd);
  const second = Math.min(CORNER, across / 2, bottom.y - lane.y);
  const down = { x: lane.x, y: lane.y - first };
  const onLane = { x: lane.x + way * first, y: lane.y };
  const offLane = { x: bottom.x - way * second, y: lane.y };
  const drop = { x: bottom.x, y: lane.y + second };
  return curveFrom([
    fan(top, entry),
    line(entry, down),
    corner(down, { x: lane.x, y: lane.y }, onLane),
    line(onLane, offLane),
    corner(offLane, { x: bottom.x, y: lane.y }, drop),
    line(drop, bottom),
  ]);
}

export const topOf = ({ pieces }: Curve): Point => pieces[0].from;
export const bottomOf = ({ pieces }: Curve): Point => pieces[pieces.length - 1].to;

const at = ({ x, y }: Point): string => `${x.toFixed(1)},${y.toFixed(1)}`;

/** As SVG path data, from the lower node up: a link belongs to its lower node. */
export function pathOf(curve: Curve): string {
  const steps = curve.pieces.map(({ from, controls }) =>
    controls ? `C${at(controls[1])} ${at(controls[0])} ${at(from)}` : `L${at(from)}`,
  );
  return `M${at(bottomOf(curve))} ${steps.reverse().join(' ')}`;
}

/** The same on a canvas, as a part of its present path. */
export function trace(context: CanvasPath, { pieces }: Curve): void {
  context.moveTo(pieces[0].from.x, pieces[0].from.y);
  for (const { controls, to } of pieces) {
    if (controls) context.bezierCurveTo(controls[0].x, controls[0].y, controls[1].x, controls[1].y, to.x, to.y);
    else context.lineTo(to.x, to.y);
  }
}

/** What the curve is within. */
export function boundsOf({ pieces }: Curve): Rect {
  let [left, right] = [pieces[0].from.x, pieces[0].from.x];
  for (const { to } of pieces) {
    left = Math.min(left, to.x);
    right = Math.max(right, to.x);
  }
  const { y } = pieces[0].from;
  return { x: left, y, width: right - left, height: pieces[pieces.length - 1].to.y - y };
}

function pointOfPiece({ from, controls, to }: Piece, t: number): Point {
  if (!controls) return { x: from.x + t * (to.x - from.x), y: from.y + t * (to.y - from.y) };
  const [a, b, c, d] = [(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t ** 3];
  return {
    x: a * from.x + b * controls[0].x + c * controls[1].x + d * to.x,
    y: a * from.y + b * controls[0].y + c * controls[1].y + d * to.y,
  };
}

/** The point at a share of the way down, 0 at the top … 1 at the bottom. */
export function pointOn({ pieces, length }: Curve, share: number): Point {
  let left = Math.min(1, Math.max(0, share)) * length;
  for (const piece of pieces) {
    if (left <= piece.length) return pointOfPiece(piece, piece.length > 0 ? left / piece.length : 0);
    left -= piece.length;
  }
  return pieces[pieces.length - 1].to;
}

/** A curved piece is so many straight ones where its distance from something is measured. */
const STEPS = 16;

/** The curve as straight segments, each from one point of the list to the next. */
export function flatten({ pieces }: Curve): Point[] {
  const points = [pieces[0].from];
  for (const piece of pieces) {
    if (piece.controls) for (let step = 1; step < STEPS; step++) points.push(pointOfPiece(piece, step / STEPS));
    points.push(piece.to);
  }
  return points;
}

function distanceToSegment({ x, y }: Point, from: Point, to: Point): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const squared = dx * dx + dy * dy;
  const along = squared === 0 ? 0 : Math.min(1, Math.max(0, ((x - from.x) * dx + (y - from.y) * dy) / squared));
  return Math.hypot(x - from.x - along * dx, y - from.y - along * dy);
}

/** From a point to the nearest point of the curve. */
export function distanceTo(curve: Curve, point: Point): number {
  const points = flatten(curve);
  let least = Number.POSITIVE_INFINITY;
  for (let i = 1; i < points.length; i++) least = Math.min(least, distanceToSegment(point, points[i - 1], points[i]));
  return least;
}

/** The curve of a link at rest, by its ends. */
export function linkCurve(layout: Layout, id: string, parent: string): Curve | undefined {
  const lower = layout.centres.get(id);
  const upper = layout.centres.get(parent);
  if (!lower || !upper) return undefined;
  const bottom = { x: lower.x, y: lower.y - sizeOf(layout, id).height / 2 };
  const top = { x: upper.x, y: upper.y + sizeOf(layout, parent).height / 2 };
  const fanEnd = layout.fanEnds.get(parent) ?? bottom.y;
  const lane = layout.lanes.get(id);
  return lane ? laneCurve(top, bottom, fanEnd, lane, laneRoom(layout.device)) : curveOf(top, bottom, fanEnd);
}
