// Paints the links of the devices that are in sight, cluster by cluster. Links lie on each other where they fan out, and are
// darker there: each is a stroke of its own.

import { boundsOf, type Curve, trace } from '../curve.ts';
import { overlap } from '../geometry.ts';
import { type Line, toLine } from './line.ts';
import type { Palette } from './palette.ts';
import { MARGIN, type Painter, seenIn } from './scene.ts';

/** Links to a piece. */
const PIECE = 60;

/** From a device up to the mark of its broken link; among devices smaller than this the mark is smaller too (link-edge.tsx). */
const ABOVE_DEVICE = 13;
const FULL_SIZE_RADIUS = 14;

/** Two short strokes across a gap: the link is switched off itself. */
function strokeBreak(
  context: CanvasRenderingContext2D,
  { bend, bottom }: Curve,
  radius: number,
  palette: Palette,
): void {
  const scale = Math.min(1, radius / FULL_SIZE_RADIUS);
  const y = Math.max(bend.y, bottom.y) - ABOVE_DEVICE * scale;
  const at = (dx: number, dy: number) => [bottom.x + dx * scale, y + dy * scale] as const;
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

export const paintLinks: Painter = function* (context, { places, looks, isFast }, frame, palette) {
  const seen = seenIn(frame, MARGIN);
  const { id: size, radius } = places.device;
  context.lineCap = 'round';
  let links = 0;
  for (const cluster of places.clusters) {
    if (!overlap(cluster.bounds, seen)) continue;
    let inHand = '';
    for (const { id, link } of cluster.places) {
      const look = looks.get(id);
      if (!look || !overlap(boundsOf(link), seen)) continue;
      const line = toLine(look, size, isFast);
      const kind = `${look.link} ${line.width}`;
      if (kind !== inHand) take(context, line, palette);
      inHand = kind;
      context.beginPath();
      trace(context, link);
      context.stroke();
      if (look.link === 'off') {
        strokeBreak(context, link, radius, palette);
        inHand = '';
      }
      if (++links % PIECE !== 0) continue;
      yield;
    }
  }
};
