// Which devices a box that is drawn on the picture holds. Pure.

import type { Topology } from '../../sim/fleet/topology.ts';
import type { Rect } from './geometry.ts';
import type { Layout } from './layout.ts';
import type { Transform } from './paint-animation.ts';

/** Ids of the devices whose middle is in the box, in the order of the fleet. `box`: in pixels of the view. */
export function devicesWithin(
  { devices }: Topology,
  { centres }: Pick<Layout, 'centres'>,
  [x, y, zoom]: Transform,
  box: Rect,
): string[] {
  const [left, top] = [(box.x - x) / zoom, (box.y - y) / zoom];
  const [right, bottom] = [left + box.width / zoom, top + box.height / zoom];
  return devices.flatMap(({ id }) => {
    const centre = centres.get(id);
    const isIn = centre && centre.x >= left && centre.x <= right && centre.y >= top && centre.y <= bottom;
    return isIn ? [id] : [];
  });
}
