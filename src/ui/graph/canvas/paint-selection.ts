// Paints the outline of the selected devices: as device-node.css has it, and no thinner on the screen where the view is far away.

import type { Painter } from './scene.ts';
import { MARGIN, seenIn } from './scene.ts';

/** Of the outline: how far from the device where there is room, and its width. */
const OFFSET = 3;
const WIDTH = 2;
/** On the screen, in pixels. */
const LEAST_WIDTH = 1.4;

export const paintSelection: Painter = function* (context, { places, selected }, frame, palette) {
  if (selected.size === 0) return;
  const zoom = frame.transform[2];
  const width = Math.max(WIDTH, LEAST_WIDTH / zoom);
  const { radius: own, across: apart } = places.device;
  // Neighbours that are both selected have an outline each.
  const offset = Math.min(OFFSET, Math.max(0, apart / 2 - own - WIDTH));
  const radius = own + offset + width / 2;
  const { x, y, width: across, height: down } = seenIn(frame, MARGIN);
  context.strokeStyle = palette.colourOf('var(--ink)');
  context.lineWidth = width;
  for (const cluster of places.clusters) {
    context.beginPath();
    for (const { id, centre } of cluster.places) {
      const isSeen = centre.x >= x && centre.x <= x + across && centre.y >= y && centre.y <= y + down;
      if (!isSeen || !selected.has(id)) continue;
      context.moveTo(centre.x + radius, centre.y);
      context.arc(centre.x, centre.y, radius, 0, 2 * Math.PI);
    }
    context.stroke();
    yield;
  }
};
