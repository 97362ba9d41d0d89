// Paints the links of the devices that are in sight, cluster by cluster: those of a cluster that look alike are one stroke.

import { boundsOf, type Curve, trace } from '../curve.ts';
import { overlap } from '../geometry.ts';
import { breakOf } from '../link-break.ts';
import { type Line, toLine } from './line.ts';
import type { Palette } from './palette.ts';
import { MARGIN, type Painter, seenIn } from './scene.ts';

/** Links to a piece. */
const PIECE = 60;

/** Two short strokes across a gap: the link is switched off itself. */
function strokeBreak(context: CanvasRenderingContext2D, curve: Curve, radius: number, palette: Palette): void {
  const { x, y, scale } = breakOf(curve, radius);
  const at = (dx: number, dy: number) => [x + dx * scale, y + dy * scale] as const;
  context.globalAlpha = 1;
  context.fillStyle = palette.colourOf('var(--canvas)');
  context.fillRect(...at(-4, -2.6), 8 * scale, 5.2 * scale);
  context.strokeStyle = palette.colourOf('var(--ink-2)');
  context.lineWidth = 1.8 * scale;
  context.setLineDash([]);
  context.beginPath();
  context.moveTo(...at(-5, -1.2));
  context.lineTo(...at(5, -4));
  context.moveTo(...at(-5, 4));
  context.lineTo(...at(5, 1.2));
  context.stroke();
}

const take = (context: CanvasRenderingContext2D, { ink, width, alpha, dash }: Line, palette: Palette): void => {
  context.strokeStyle = palette.colourOf(ink);
  context.lineWidth = width;
  context.globalAlpha = alpha;
  context.setLineDash([...dash]);
};

export const paintLinks: Painter = function* (context, { places, appearances, isFast }, frame, palette) {
  const seen = seenIn(frame, MARGIN);
  const { id: size, radius } = places.device;
  context.lineCap = 'round';
  let links = 0;
  for (const cluster of places.clusters) {
    if (!overlap(cluster.bounds, seen)) continue;
    const drawn = new Map<string, { readonly line: Line; readonly curves: Curve[] }>();
    const broken: Curve[] = [];
    for (const { id, link } of cluster.places) {
      const appearance = appearances.get(id);
      if (!appearance || !overlap(boundsOf(link), seen)) continue;
      const line = toLine(appearance, size, isFast);
      const kind = `${appearance.link} ${line.width}`;
      const alike = drawn.get(kind);
      if (alike) alike.curves.push(link);
      else drawn.set(kind, { line, curves: [link] });
      if (appearance.link === 'off') broken.push(link);
    }
    for (const { line, curves } of drawn.values()) {
      take(context, line, palette);
      context.beginPath();
      for (const curve of curves) trace(context, curve);
      context.stroke();
      links += curves.length;
      if (links < PIECE) continue;
      links = 0;
      yield;
    }
    for (const curve of broken) strokeBreak(context, curve, radius, palette);
  }
};
