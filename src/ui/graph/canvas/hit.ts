// Which painted device or link is at a point of the picture. Pure.

import { boundsOf, distanceTo } from '../curve.ts';
import { overlap, type Point } from '../geometry.ts';
import type { Place, Places } from './places.ts';

/** In pixels of the screen: a device smaller than this, or a link, is still hit from so far. */
const DEVICE_REACH = 5;
const LINK_REACH = 3;

const clustersAt = ({ clusters }: Places, { x, y }: Point, reach: number) =>
  clusters.filter(({ bounds }) => overlap(bounds, { x: x - reach, y: y - reach, width: 2 * reach, height: 2 * reach }));

function nearest(places: Places, point: Point, reach: number, distanceTo: (place: Place) => number): string | null {
  let found: string | null = null;
  let least = reach;
  for (const cluster of clustersAt(places, point, reach)) {
    for (const place of cluster.places) {
      const distance = distanceTo(place);
      if (distance > least) continue;
      least = distance;
      found = place.id;
    }
  }
  return found;
}

/** Id of the device at a point; null where there is none. */
export const deviceAt = (places: Places, point: Point, zoom: number): string | null =>
  nearest(places, point, Math.max(places.device.radius, DEVICE_REACH / zoom), ({ centre }) =>
    Math.hypot(centre.x - point.x, centre.y - point.y),
  );

const linkAt = (places: Places, point: Point, zoom: number): string | null => {
  const reach = LINK_REACH / zoom;
  const around = { x: point.x - reach, y: point.y - reach, width: 2 * reach, height: 2 * reach };
  const id = nearest(places, point, reach, ({ link }) =>
    overlap(boundsOf(link), around) ? distanceTo(link, point) : Number.POSITIVE_INFINITY,
  );
  return id && `link:${id}`;
};

/** Id of the device at a point or, where there is none, of the link ('link:device-7'); null where there is neither. */
export const elementAt = (places: Places, point: Point, zoom: number): string | null =>
  deviceAt(places, point, zoom) ?? linkAt(places, point, zoom);
