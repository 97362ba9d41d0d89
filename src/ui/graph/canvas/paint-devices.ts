// Paints the devices that are in sight, cluster by cluster.

import { overlap } from '../geometry.ts';
import { type Placed, paintMarks } from './draw-marks.ts';
import { toMarks } from './marks.ts';
import { MARGIN, type Painter, seenIn } from './scene.ts';
import { createSignPictures } from './sign-pictures.ts';

/** Devices to a piece. */
const PIECE = 120;
/** Names and signs reach so far beside a device. */
const ROOM = 34;

export const paintDevices: Painter = function* (context, { places, appearances, deviceFill }, frame, palette) {
  const zoom = frame.transform[2];
  const options = { size: places.device, deviceFill, zoom };
  const signs = createSignPictures(palette, zoom * frame.density);
  const seen = seenIn(frame, MARGIN);
  const reach = places.device.radius + ROOM;
  let piece: Placed[] = [];
  let devices = 0;
  for (const cluster of places.clusters) {
    if (!overlap(cluster.bounds, seen)) continue;
    for (const { id, centre } of cluster.places) {
      const appearance = appearances.get(id);
      const { x, y } = centre;
      if (!appearance || !overlap({ x: x - reach, y: y - reach, width: 2 * reach, height: 2 * reach }, seen)) continue;
      for (const mark of toMarks(appearance, options)) piece.push([mark, x, y]);
      if (++devices % PIECE !== 0) continue;
      paintMarks(context, palette, signs, piece);
      piece = [];
      yield;
    }
  }
  paintMarks(context, palette, signs, piece);
};
