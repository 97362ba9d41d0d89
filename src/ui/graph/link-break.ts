// Where the mark of a broken link to a device is: near the device, because further up its link runs among its neighbours'. Pure.

import { bottomOf, type Curve } from './curve.ts';

/** From a device up to the mark. */
const ABOVE_DEVICE = 13;
/** Among devices smaller than this the mark is smaller too. */
const FULL_SIZE_RADIUS = 14;

/** The middle of the mark and its scale. On a link that comes from a lane it is below that lane. */
export function breakOf(
  curve: Curve,
  radius: number,
): { readonly x: number; readonly y: number; readonly scale: number } {
  const { x, y } = bottomOf(curve);
  const { pieces } = curve;
  const isDrop = pieces.length > 2;
  const room = isDrop ? y - pieces[pieces.length - 2].from.y : Number.POSITIVE_INFINITY;
  const scale = Math.min(1, radius / FULL_SIZE_RADIUS, Math.max(0.4, room / (ABOVE_DEVICE + 4)));
  return { x, y: y - ABOVE_DEVICE * scale, scale };
}
