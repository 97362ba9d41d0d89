// Draws one moment of a round's animation on a canvas: messages on their links, devices that compute. No React in here.

import { boundsOf, pointOn, trace } from './curve.ts';
import { overlap, type Point, type Rect } from './geometry.ts';
import type { RoundAnimation } from './round-animation.ts';
import type { Stage } from './stage.ts';

export interface Colours {
  readonly down: string;
  readonly up: string;
  readonly compute: string;
  readonly halo: string;
}

/** React Flow's transform of the network into the view. */
export type Transform = readonly [x: number, y: number, zoom: number];

/** A link shines on for this long after its message, so that even the shortest transfer is seen. */
const AFTERGLOW_MILLISECONDS = 280;
const PULSE_MILLISECONDS = 900;
/** In pixels of the screen: a smaller dot is not seen. */
const SMALLEST_DOT = 0.5;

const isOfDevice = (id: string): boolean => id.startsWith('device');

export function readColours(element: Element): Colours {
  const style = getComputedStyle(element);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  return {
    down: colour('--message-down'),
    up: colour('--message-up'),
    compute: colour('--compute'),
    halo: colour('--canvas'),
  };
}

/** A ring of the canvas's colour around a dot, as a share of its radius. */
const HALO = 0.25;

/** A message's dot: the more bytes, the larger, by decades. Small among small nodes, and with its halo within its lane. */
function dotRadius(id: string, bytes: number, stage: Stage): number {
  const wanted = Math.min(6.5, Math.max(2.4, 2 + 1.3 * Math.log10(1 + bytes / 100)));
  const radius = wanted * Math.min(1, Math.max(0.55, stage.radius / 16));
  return isOfDevice(id) ? Math.min(radius, stage.room / (1 + HALO)) : radius;
}

/** What of the picture the canvas shows. */
function seenOn({ clientWidth, clientHeight }: HTMLCanvasElement, [x, y, zoom]: Transform): Rect {
  return { x: -x / zoom, y: -y / zoom, width: clientWidth / zoom, height: clientHeight / zoom };
}

const near = ({ x, y }: Point, reach: number): Rect => ({
  x: x - reach,
  y: y - reach,
  width: 2 * reach,
  height: 2 * reach,
});

/** `share` of the round, 0 … 1; `length` of the animation in wall milliseconds. */
export function paint(
  context: CanvasRenderingContext2D,
  animation: RoundAnimation,
  stage: Stage,
  share: number,
  length: number,
  transform: Transform,
  colours: Colours,
): void {
  const { canvas } = context;
  const [x, y, zoom] = transform;
  const scale = canvas.width / Math.max(1, canvas.clientWidth);
  const seen = seenOn(canvas, transform);
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, canvas.width, canvas.height);
  context.setTransform(scale * zoom, 0, 0, scale * zoom, scale * x, scale * y);
  paintWork(context, animation, stage, share, length, seen, colours);

  const afterglow = AFTERGLOW_MILLISECONDS / length;
  context.lineWidth = Math.min(2.5, stage.radius / 6);
  context.lineCap = 'round';
  if (stage.isThrong) paintTogether(context, animation, stage, share, afterglow, seen, colours);
  for (const { id, way, from, to } of animation.journeys) {
    if (share < from || share > to + afterglow || (stage.isThrong && isOfDevice(id))) continue;
    const path = stage.pathOf(id);
    if (!path) continue;
    context.globalAlpha = 0.6 * (share <= to ? 1 : 1 - (share - to) / afterglow);
    context.strokeStyle = colours[way];
    context.stroke(path);
  }
  context.globalAlpha = 1;
  for (const { id, way, from, to, bytes } of animation.journeys) {
    if (share < from || share > to) continue;
    const radius = dotRadius(id, bytes, stage);
    if (radius * zoom < SMALLEST_DOT) continue;
    const curve = stage.curveOf(id);
    if (!curve) continue;
    const travelled = to > from ? (share - from) / (to - from) : 1;
    const point = pointOn(curve, way === 'down' ? travelled : 1 - travelled);
    if (!overlap(near(point, radius), seen)) continue;
    context.beginPath();
    context.arc(point.x, point.y, radius * (1 + HALO), 0, 2 * Math.PI);
    context.fillStyle = colours.halo;
    context.fill();
    context.beginPath();
    context.arc(point.x, point.y, radius, 0, 2 * Math.PI);
    context.fillStyle = colours[way];
    context.fill();
  }
}

/** Where there are thousands, all links of devices that shine the same way are one stroke, and go out at once. */
function paintTogether(
  context: CanvasRenderingContext2D,
  animation: RoundAnimation,
  stage: Stage,
  share: number,
  afterglow: number,
  seen: Rect,
  colours: Colours,
): void {
  context.globalAlpha = 0.6;
  for (const wanted of ['down', 'up'] as const) {
    context.beginPath();
    for (const { id, way, from, to } of animation.journeys) {
      if (way !== wanted || share < from || share > to + afterglow / 2 || !isOfDevice(id)) continue;
      const curve = stage.curveOf(id);
      if (curve && overlap(boundsOf(curve), seen)) trace(context, curve);
    }
    context.strokeStyle = colours[wanted];
    context.stroke();
  }
}

/** A soft ring around each device that computes. */
function paintWork(
  context: CanvasRenderingContext2D,
  animation: RoundAnimation,
  stage: Stage,
  share: number,
  length: number,
  seen: Rect,
  colours: Colours,
): void {
  context.strokeStyle = colours.compute;
  const beat = 0.5 - 0.5 * Math.cos((2 * Math.PI * share * length) / PULSE_MILLISECONDS);
  context.lineWidth = stage.radius / 6;
  context.globalAlpha = 0.75 - 0.5 * beat;
  context.beginPath();
  for (const { id, from, to } of animation.work) {
    const centre = stage.centres.get(id);
    if (!centre || share < from || share > to) continue;
    const radius = stage.radius * (1.12 + 0.16 * beat);
    if (!overlap(near(centre, radius), seen)) continue;
    context.moveTo(centre.x + radius, centre.y);
    context.arc(centre.x, centre.y, radius, 0, 2 * Math.PI);
  }
  context.stroke();
  context.globalAlpha = 1;
}
