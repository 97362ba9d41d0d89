// Where the films of a network's rounds play: its links' curves, where its devices are, and where their names stand.

import type { Topology } from '../../sim/topology.ts';
import { type Curve, linkCurve, pathOf } from './curve.ts';
import type { Point, Rect } from './geometry.ts';
import type { Layout } from './layout.ts';
import type { DeviceSize } from './sizes.ts';

/** Up to so many devices each message is drawn by itself, and fades by itself. */
const MOST_ALONE = 1500;

/** What does not change during a film. */
export interface Stage {
  /** Of the link up from a node; made when it is first asked for. */
  readonly curveOf: (id: string) => Curve | undefined;
  readonly pathOf: (id: string) => Path2D | undefined;
  readonly centres: ReadonlyMap<string, Point>;
  readonly radius: number;
  /** Where the names of devices stand: a shining link passes behind them, as every link does. */
  readonly names: readonly Rect[];
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
    names: namesOf(layout),
    isThrong: topology.devices.length > MOST_ALONE,
  };
}

/** Small devices have a number only, which a line leaves legible. */
const nameSizes: Readonly<Partial<Record<DeviceSize['id'], { width: number; height: number; below: number }>>> = {
  large: { width: 66, height: 15, below: 5 },
  medium: { width: 54, height: 13, below: 3 },
};

function namesOf({ centres, device }: Layout): Rect[] {
  const size = nameSizes[device.id];
  if (!size) return [];
  const { width, height, below } = size;
  const devices = [...centres].filter(([id]) => id.startsWith('device'));
  return devices.map(([, { x, y }]) => ({ x: x - width / 2, y: y + device.radius + below, width, height }));
}
