// Where a dragged node lands: under the gateway (or, for a gateway, the fog) whose part of the picture it is let go in.

import type { Topology } from '../../sim/fleet/topology.ts';
import type { Point } from './geometry.ts';
import type { Layout } from './layout.ts';

/** How far outside every region a node may be let go and still be taken in by the nearest. */
const REACH = 60;

/** The id of the parent that a node dropped at this point would get; null if there is none near, or it is its own. */
export function dropTargetOf(topology: Topology, layout: Layout, id: string, point: Point): string | null {
  const node = topology.byId.get(id);
  if (!node || (node.tier !== 'device' && node.tier !== 'gateway')) return null;
  const parents = node.tier === 'device' ? topology.gateways : topology.fogs;
  let nearest: string | null = null;
  let least = REACH;
  for (const { id: parent } of parents) {
    const region = layout.regions.get(parent);
    if (!region) continue;
    const outsideX = Math.max(region.x - point.x, 0, point.x - region.x - region.width);
    const outsideY = Math.max(region.y - point.y, 0, point.y - region.y - region.height);
    const distance = Math.hypot(outsideX, outsideY);
    if (distance < least) {
      nearest = parent;
      least = distance;
    }
  }
  return nearest === node.parent ? null : nearest;
}
