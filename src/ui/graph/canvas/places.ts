// Where the painted devices and their links are, gateway by gateway: what is painted and what the pointer is at are both found
// a cluster at a time, so that what is out of sight costs nothing. Pure.

import type { Topology } from '../../../sim/fleet/topology.ts';
import { type Curve, curveOf, linkCurve } from '../curve.ts';
import type { Point, Rect } from '../geometry.ts';
import type { Layout } from '../layout.ts';
import type { DeviceSize } from '../sizes.ts';

export interface Place {
  readonly id: string;
  readonly centre: Point;
  /** From the gateway down to the device. */
  readonly link: Curve;
}

export interface Cluster {
  readonly gateway: string;
  readonly places: readonly Place[];
  /** The devices and their links, names and signs included. */
  readonly bounds: Rect;
}

export interface Places {
  readonly device: DeviceSize;
  readonly clusters: readonly Cluster[];
  /** All clusters together. */
  readonly bounds: Rect;
}

/** Names and signs stand out beside a device by no more than this. */
const ROOM = 34;

function boundsOf(places: readonly Place[], top: Point, radius: number): Rect {
  let [left, right, bottom] = [top.x, top.x, top.y];
  for (const { centre } of places) {
    left = Math.min(left, centre.x);
    right = Math.max(right, centre.x);
    bottom = Math.max(bottom, centre.y);
  }
  const room = radius + ROOM;
  return { x: left - room, y: top.y, width: right - left + 2 * room, height: bottom - top.y + room };
}

/** Its link is worked out when it is first asked for: not all of ten thousand in one task. */
function placeOf(layout: Layout, id: string, gateway: string, centre: Point): Place {
  let link: Curve | undefined;
  return {
    id,
    centre,
    get link() {
      link ??= linkCurve(layout, id, gateway) ?? curveOf(centre, centre, centre.y);
      return link;
    },
  };
}

export function toPlaces(topology: Topology, layout: Layout): Places {
  const { device, box, centres } = layout;
  const clusters = topology.gateways.flatMap(({ id: gateway }): Cluster[] => {
    const middle = centres.get(gateway);
    const ids = topology.children.get(gateway) ?? [];
    if (!middle || ids.length === 0) return [];
    const top = { x: middle.x, y: middle.y + box.height / 2 };
    const places = ids.flatMap((id): Place[] => {
      const centre = centres.get(id);
      return centre ? [placeOf(layout, id, gateway, centre)] : [];
    });
    return [{ gateway, places, bounds: boundsOf(places, top, device.radius) }];
  });
  return { device, clusters, bounds: around(clusters.map(({ bounds }) => bounds)) };
}

function around(rects: readonly Rect[]): Rect {
  const x = Math.min(...rects.map((rect) => rect.x));
  const y = Math.min(...rects.map((rect) => rect.y));
  const right = Math.max(...rects.map((rect) => rect.x + rect.width));
  const bottom = Math.max(...rects.map((rect) => rect.y + rect.height));
  return { x, y, width: right - x, height: bottom - y };
}
