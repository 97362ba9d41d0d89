// Where the nodes stand: four tiers in rows, each gateway's devices in a compact cluster below it. Pure: a topology and the
// size of the view in, positions out. What room the view has left goes between the tiers and the clusters.

import { type Topology, tierOf } from '../../sim/fleet/topology.ts';
import { clusterPlaces } from './cluster.ts';
import type { Lane, Point, Rect } from './geometry.ts';
import { choose, clusterWidth, dropsIn, rowsOf, UPPER_HEIGHT, type View } from './plan.ts';
import { type BoxSize, boxSizes, type DeviceSize } from './sizes.ts';

export interface Band {
  readonly tier: 'cloud' | 'fog' | 'gateway' | 'device';
  readonly top: number;
  /** Where the tier's name stands. */
  readonly nameY: number;
}

export interface Layout {
  readonly device: DeviceSize;
  /** Of the gateways; the boxes of the fogs and of the cloud. */
  readonly box: BoxSize;
  readonly upperBox: BoxSize;
  /** Centre of every node. */
  readonly centres: ReadonlyMap<string, Point>;
  /** Each gateway's box and cluster, each fog's part of the row above: where a node that is dropped comes under it. */
  readonly regions: ReadonlyMap<string, Rect>;
  /** Where the links of a gateway have fanned out and go straight down, by gateway. */
  readonly fanEnds: ReadonlyMap<string, number>;
  /** Where the links of devices below the first row of their cluster run. */
  readonly lanes: ReadonlyMap<string, Lane>;
  readonly bands: readonly Band[];
  readonly bounds: Rect;
}

/** A node's width and height. */
export function sizeOf({ device, box, upperBox }: Layout, id: string): { width: number; height: number } {
  const tier = tierOf(id);
  if (tier === 'device') return { width: 2 * device.radius, height: 2 * device.radius };
  return tier === 'gateway' ? box : upperBox;
}

const MOST_STRETCH = 2.4;
const MOST_SPREAD = 1.5;
/** Between the boxes of two fogs, at least. */
const UPPER_GAP = 14;

/** The roomiest boxes that fit beside each other and into the picture. */
function upperBoxOf(centres: readonly number[], width: number): BoxSize {
  const apart = Math.min(...centres.slice(1).map((x, i) => x - centres[i]));
  const fits = (box: BoxSize) =>
    box.width + UPPER_GAP <= apart && centres.every((x) => x >= box.width / 2 && x <= width - box.width / 2);
  return boxSizes.find(fits) ?? boxSizes[boxSizes.length - 1];
}

const middle = (points: readonly Point[]): number => {
  const xs = points.map(({ x }) => x);
  return xs.length === 0 ? 0 : (Math.min(...xs) + Math.max(...xs)) / 2;
};

export function layoutOf(topology: Topology, view: View): Layout {
  const fogs = topology.fogs.map((fog) => ({ id: fog.id, gateways: topology.children.get(fog.id) ?? [] }));
  // A fog without gateways keeps a place of its own, so that one can be put there.
  const slots = fogs.flatMap(({ id, gateways }) =>
    gateways.length > 0 ? gateways.map((gateway) => ({ fog: id, gateway })) : [{ fog: id, gateway: '' }],
  );
  const devicesOf = (gateway: string) => topology.children.get(gateway) ?? [];
  const counts = slots.map(({ gateway }) => devicesOf(gateway).length);
  const { device, box, columns, width, height, scale } = choose(counts, view);

  // What room the view has left over goes between the tiers and between the clusters.
  const room = { width: view.width / scale, height: view.height / scale };
  const least = dropsIn(view);
  const drops = least.cloud + least.fog + least.gateway;
  const stretch = Math.min(MOST_STRETCH, Math.max(1, 1 + (0.8 * (room.height - height)) / drops));
  const drop = { cloud: least.cloud * stretch, fog: least.fog * stretch, gateway: least.gateway * stretch };
  const spread = Math.min(MOST_SPREAD, Math.max(1, room.width / width));
  const across = device.across * (1 + (spread - 1) * 0.7);
  const leftHeight = room.height - height - (stretch - 1) * drops;
  const rows = Math.max(1, ...counts.map((count) => rowsOf(count, columns)));
  const down = device.down + Math.min(0.5 * device.down, Math.max(0, leftHeight / rows));

  const cloudY = UPPER_HEIGHT / 2;
  const fogY = cloudY + UPPER_HEIGHT + drop.cloud;
  const gatewayY = fogY + (UPPER_HEIGHT + box.height) / 2 + drop.fog;
  const firstRow = gatewayY + box.height / 2 + drop.gateway + device.radius;

  const centres = new Map<string, Point>();
  const regions = new Map<string, Rect>();
  const fanEnds = new Map<string, number>();
  const lanes = new Map<string, Lane>();
  let left = 0;
  let bottom = firstRow;
  const slotCentres = slots.map(({ gateway }, at) => {
    const natural = Math.max(box.width, clusterWidth(counts[at], columns, { ...device, across }));
    const slot = natural + device.gap * spread;
    const x = left + slot / 2;
    left += slot;
    if (!gateway) return { x, y: gatewayY };
    centres.set(gateway, { x, y: gatewayY });
    const places = clusterPlaces(counts[at], columns, device, across, down);
    devicesOf(gateway).forEach((id, i) => {
      const { lane } = places[i];
      const place = { x: x + places[i].x, y: firstRow + places[i].y };
      centres.set(id, place);
      if (lane) lanes.set(id, { x: x + lane.x, y: firstRow + lane.y });
      bottom = Math.max(bottom, place.y);
    });
    regions.set(gateway, { x: x - slot / 2, y: gatewayY - box.height / 2, width: slot, height: 0 });
    fanEnds.set(gateway, firstRow - device.radius);
    return { x, y: gatewayY };
  });
  bottom += device.radius + device.label;
  for (const [gateway, region] of regions) regions.set(gateway, { ...region, height: bottom - region.y });

  const fogCentres = fogs.map(({ id }) => {
    const mine = slotCentres.filter((_, at) => slots[at].fog === id);
    const x = middle(mine);
    centres.set(id, { x, y: fogY });
    const edge = Math.max(box.width, ...mine.map((each) => 2 * Math.abs(each.x - x) + box.width));
    regions.set(id, { x: x - edge / 2, y: fogY - UPPER_HEIGHT, width: edge, height: gatewayY - fogY + UPPER_HEIGHT });
    return { x, y: fogY };
  });
  centres.set('cloud', { x: middle(fogCentres), y: cloudY });
  const upperBox = upperBoxOf(
    fogCentres.map(({ x }) => x),
    left,
  );

  const between = (above: number, height: number, gap: number) => above + height / 2 + gap / 2;
  const deviceTop = between(gatewayY, box.height, drop.gateway);
  const bands: Band[] = [
    { tier: 'cloud', top: 0, nameY: cloudY },
    { tier: 'fog', top: between(cloudY, UPPER_HEIGHT, drop.cloud), nameY: fogY },
    { tier: 'gateway', top: between(fogY, UPPER_HEIGHT, drop.fog), nameY: gatewayY },
    { tier: 'device', top: deviceTop, nameY: deviceTop + 16 },
  ];
  const bounds = { x: 0, y: 0, width: left, height: bottom };
  return { device, box, upperBox, centres, regions, fanEnds, lanes, bands, bounds };
}
