// Where the animations of a network's rounds play: its links' curves, and where its devices are.

import type { Topology } from '../../sim/fleet/topology.ts';
import { type Curve, linkCurve, pathOf } from './curve.ts';
import type { Point } from './geometry.ts';
import type { Layout } from './layout.ts';
import { laneRoom } from './sizes.ts';

/** Up to so many devices each message is drawn by itself, and fades by itself. */
const MOST_ALONE = 1500;

/** What does not change during a animation. */
export interface Stage {
  /** Of the link up from a node; made when it is first asked for. */
  readonly curveOf: (id: string) => Curve | undefined;
  readonly pathOf: (id: string) => Path2D | undefined;
  readonly centres: ReadonlyMap<string, Point>;
  readonly radius: number;
  /** A message to a device is no larger than this, its halo included: links run so far beside other devices and names. */
  readonly room: number;
  /** So many devices that their messages are drawn together. */
  readonly isThrong: boolean;
}

/** What is asked for a second time is known. */
function once<Value>(make: (id: string) => Value): (id: string) => Value {
  const known = new Map<string, Value>();
  return (id) => {
    const before = known.get(id);
    if (before !== undefined) return before;
    const value = make(id);
    known.set(id, value);
    return value;
  };
}

export function stageOf(topology: Topology, layout: Layout): Stage {
  const curveOf = once((id) => {
    const parent = topology.byId.get(id)?.parent;
    return parent ? linkCurve(layout, id, parent) : undefined;
  });
  const linePath = once((id) => {
    const curve = curveOf(id);
    return curve && new Path2D(pathOf(curve));
  });
  return {
    curveOf,
    pathOf: linePath,
    centres: layout.centres,
    radius: layout.device.radius,
    room: laneRoom(layout.device),
    isThrong: topology.devices.length > MOST_ALONE,
  };
}
