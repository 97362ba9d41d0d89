// No link passes another node, its name or a foreign name, whatever the fleet and the size of the view.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultExperiment } from '../../sim/experiment/experiment.ts';
import { buildTopology, type Topology } from '../../sim/fleet/topology.ts';
import { flatten, linkCurve } from './curve.ts';
import { overlap, type Point, type Rect } from './geometry.ts';
import { type Layout, layoutOf, sizeOf } from './layout.ts';
import { laneRoom } from './sizes.ts';

interface Obstacle extends Rect {
  readonly id: string;
}

/** Every node's box and every device's name. */
function obstaclesOf(topology: Topology, layout: Layout): Obstacle[] {
  const { name, radius } = layout.device;
  return [...topology.byId.values()].flatMap((node): Obstacle[] => {
    const centre = layout.centres.get(node.id);
    if (!centre) return [];
    const { width, height } = sizeOf(layout, node.id);
    const box = { id: node.id, x: centre.x - width / 2, y: centre.y - height / 2, width, height };
    if (node.tier !== 'device') return [box];
    const top = centre.y + radius + name.from;
    return [
      box,
      {
        id: `name of ${node.id}`,
        x: centre.x - name.width / 2,
        y: top,
        width: name.width,
        height: name.to - name.from,
      },
    ];
  });
}

/** Whether a segment passes the inside of a rectangle (Liang & Barsky 1984). */
function passes(from: Point, to: Point, { x, y, width, height }: Rect): boolean {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  let [enter, leave] = [0, 1];
  const edges = [
    [-dx, from.x - x],
    [dx, x + width - from.x],
    [-dy, from.y - y],
    [dy, y + height - from.y],
  ];
  for (const [p, q] of edges) {
    if (p === 0 && q <= 0) return false;
    if (p < 0) enter = Math.max(enter, q / p);
    if (p > 0) leave = Math.min(leave, q / p);
  }
  return leave - enter > 1e-9;
}

const grown = ({ x, y, width, height }: Rect, by: number): Rect => ({
  x: x - by,
  y: y - by,
  width: width + 2 * by,
  height: height + 2 * by,
});

/** Links that pass what is neither of their ends; `room`: how far beside it they must stay. */
function crossings(topology: Topology, layout: Layout, room = 0): string[] {
  const obstacles = obstaclesOf(topology, layout);
  return [...topology.byId.values()].flatMap((node) => {
    const curve = node.parent === null ? undefined : linkCurve(layout, node.id, node.parent);
    if (!curve) return [];
    const points = flatten(curve);
    const xs = points.map(({ x }) => x);
    const left = Math.min(...xs);
    const reach = {
      x: left,
      y: points[0].y,
      width: Math.max(...xs) - left,
      height: points[points.length - 1].y - points[0].y,
    };
    return obstacles
      .filter(({ id }) => id !== node.id && id !== node.parent)
      .map((obstacle) => ({ id: obstacle.id, box: grown(obstacle, room - 1e-6) }))
      .filter(({ box }) => overlap(box, reach) && points.some((point, i) => i > 0 && passes(points[i - 1], point, box)))
      .map(({ id }) => `${node.id} passes ${id}`);
  });
}

const network = (fogs: number, gatewaysPerFog: number, devicesPerGateway: number, removed: readonly string[] = []) =>
  buildTopology({ ...defaultExperiment.fleet, fogs, gatewaysPerFog, devicesPerGateway, removed: [...removed] });

/** What the network has at 1024, 1440 and 1920 wide, with a card beside it and without, on a phone upright and lying. */
const views = {
  '1024': { width: 424, height: 374 },
  '1440': { width: 708, height: 512 },
  '1440 with a card': { width: 400, height: 512 },
  '1920': { width: 1188, height: 660 },
  '1920 with a card': { width: 880, height: 660 },
  phone: { width: 362, height: 390 },
  'phone, lying': { width: 740, height: 240 },
};

describe('no link passes another node or a name', () => {
  const fleets = { 3: [1, 1, 3], 30: [1, 3, 10], 100: [2, 5, 10], 300: [3, 5, 20], '3 × 100': [1, 3, 100] } as const;
  for (const [width, view] of Object.entries(views))
    for (const [devices, [fogs, gateways, each]] of Object.entries(fleets))
      it(`${devices} devices in the view at ${width}`, () => {
        const topology = network(fogs, gateways, each);
        expect(crossings(topology, layoutOf(topology, view))).toEqual([]);
      });

  it('in any fleet and any view; messages in lanes and channels do not touch them either', () => {
    const fleet = fc.record({
      fogs: fc.integer({ min: 1, max: 4 }),
      gateways: fc.integer({ min: 1, max: 5 }),
      devices: fc.integer({ min: 1, max: 40 }),
      without: fc.array(fc.nat({ max: 200 }), { maxLength: 30 }),
    });
    const view = fc.record({
      width: fc.integer({ min: 240, max: 2400 }),
      height: fc.integer({ min: 200, max: 1400 }),
    });
    fc.assert(
      fc.property(fleet, view, ({ fogs, gateways, devices, without }, size) => {
        const all = network(fogs, gateways, devices).devices;
        const removed = [...new Set(without.map((at) => all[at % all.length].id))].slice(0, all.length - 1);
        const topology = network(fogs, gateways, devices, removed);
        const layout = layoutOf(topology, size);
        expect(crossings(topology, layout)).toEqual([]);
        // Beside the last link of each gateway, whose channel is the longest, there is room for half a message.
        const lanes = topology.devices.filter(
          ({ id, parent }, i, { [i + 1]: next }) => layout.lanes.has(id) && next?.parent !== parent,
        );
        const names = new Map(obstaclesOf(topology, layout).map((each) => [each.id, each]));
        for (const { id, parent } of lanes) {
          const lane = layout.lanes.get(id);
          for (const sibling of topology.children.get(parent) ?? [])
            for (const box of [names.get(sibling), names.get(`name of ${sibling}`)]) {
              if (!lane || !box) throw new Error(`${sibling} has no place`);
              const clear = laneRoom(layout.device) - 1e-6;
              const beside = Math.max(box.x - lane.x, lane.x - box.x - box.width);
              const apart = Math.max(box.y - lane.y, lane.y - box.y - box.height);
              expect(beside).toBeGreaterThanOrEqual(clear);
              expect(apart).toBeGreaterThanOrEqual(clear);
            }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('in one of a thousand devices', () => {
    for (const [fogs, gateways, devices] of [
      [1, 10, 100],
      [4, 12, 20],
    ] as const) {
      const topology = network(fogs, gateways, devices);
      expect(crossings(topology, layoutOf(topology, views['1440']))).toEqual([]);
    }
  });
});
