// The cloud's model on its way down to the gateways, and from there to the devices. With a cache a model crosses to a gateway
// once; without one each device's copy crosses the whole path, one copy after another. A gateway that is cut off serves the
// model that it last received.

import type { Carried } from '../compression/carry.ts';
import { type Watching, watched } from '../engine/watch.ts';
import type { World } from '../engine/world.ts';
import type { Topology, UpperNode } from '../fleet/topology.ts';
import type { Mask } from '../model/masks.ts';
import { transfer } from '../network/link.ts';
import type { UpperColumns } from '../record/record.ts';
import type { Timeline } from '../record/timeline.ts';
import type { Participant } from '../selection/participants.ts';
import { bytes } from '../units.ts';
import { CLOUD, type Courier, type Packed, type Receivers } from './courier.ts';
import type { Portions } from './portions.ts';

export interface DownlinkInput extends Watching {
  readonly topology: Topology;
  readonly world: World;
  readonly hasCache: boolean;
  /** The model that each gateway last received, as its packet; those that receive this one are updated. */
  readonly cache: Map<string, Packed>;
  readonly message: Packed;
  readonly courier: Courier;
  readonly receivers: Receivers;
  readonly portions: Portions;
  readonly participants: readonly Participant[];
  readonly columns: { readonly gateways: UpperColumns; readonly fogs: UpperColumns };
  readonly timeline: Timeline;
  readonly laneOf: { readonly gateway: number; readonly fog: number };
}

/** A device's download: when it begins, what it is, and from whom. */
export interface Download {
  readonly start: number;
  readonly message: Carried;
  readonly from: string;
  /** What pruning had left of the model that it is, or is a part of; undefined for all. */
  readonly mask: Mask | undefined;
}

export interface Downlink {
  /** Fogs and gateways that have a model to pass on, and when. */
  readonly stations: readonly {
    readonly node: UpperNode;
    readonly row: number;
    readonly time: number;
    readonly base: Float32Array;
  }[];
  /** By device id. */
  readonly downloads: ReadonlyMap<string, Download>;
}

const sizeOf = (messages: readonly Carried[]): number => messages.reduce((sum, { size }) => sum + size, 0);
const rawSizeOf = (messages: readonly Carried[]): number => messages.reduce((sum, { rawSize }) => sum + rawSize, 0);

export function sendDown(input: DownlinkInput): Downlink {
  const { topology, world, hasCache, cache, message, courier, receivers, portions, participants } = input;
  const { columns, timeline, laneOf } = input;
  const stations: Downlink['stations'][number][] = [];
  const downloads = new Map<string, Download>();
  const below = new Map<string, string[]>();
  for (const { device } of participants) below.set(device.parent, [...(below.get(device.parent) ?? []), device.id]);
  const devicesOf = (gateway: UpperNode): readonly string[] => below.get(gateway.id) ?? [];

  /** What a gateway's devices download from it, or through it from the cloud. */
  const deliver = (gateway: UpperNode, packed: Packed, from: string) =>
    devicesOf(gateway).map((id) => ({
      id,
      from,
      mask: receivers.maskOf(packed.values),
      message: courier.deliver(packed, from, id, portions.download(id)),
    }));

  for (const [fogRow, fog] of topology.fogs.entries()) {
    const gateways = [...topology.gateways.entries()].filter(
      ([, node]) => node.parent === fog.id && below.has(node.id),
    );
    const open = gateways.filter(([, node]) => !world.isCutAbove(node) && !world.isLinkOff(fog));
    for (const [row, node] of gateways) {
      const kept = cache.get(node.id);
      if (open.some(([each]) => each === row) || !kept) continue;
      stations.push({ node, row, time: 0, base: kept.values });
      for (const { id, ...own } of deliver(node, kept, node.id)) downloads.set(id, { ...own, start: 0 });
    }
    if (open.length === 0) continue;

    const atFog = hasCache ? courier.deliver(message, CLOUD, fog.id) : message;
    const relayed = open.map(([row, node]) => {
      const packed = hasCache ? courier.deliver(atFog, fog.id, node.id) : message;
      return { row, node, packed, below: deliver(node, packed, hasCache ? node.id : CLOUD) };
    });
    const throughFog = hasCache ? [atFog] : relayed.flatMap((each) => each.below.map((own) => own.message));
    const fogTime = transfer(bytes(sizeOf(throughFog)), fog.figures, 'down').time;
    for (const each of throughFog) watched(input, { node: fog.id, direction: 'down' }, each);
    columns.fogs.bytesDown[fogRow] = sizeOf(throughFog);
    columns.fogs.bytesDownRaw[fogRow] = rawSizeOf(throughFog);
    columns.fogs.downloadStart[fogRow] = 0;
    columns.fogs.downloadEnd[fogRow] = fogTime;
    timeline.add(laneOf.fog + fogRow, 'download', 0, fogTime);
    stations.push({ node: fog, row: fogRow, time: fogTime, base: atFog.values });
    if (hasCache) receivers.keep(fog.id, CLOUD, atFog.values);

    for (const { row, node, packed, below: own } of relayed) {
      const through = hasCache ? [packed] : own.map((each) => each.message);
      let last: number = fogTime;
      let onAir = 0;
      const arrivals = through.map(({ size }): number => {
        const one = transfer(size, node.figures, 'down');
        last = fogTime + one.time + onAir;
        onAir += one.onAir;
        return last;
      });
      for (const [k, { id, ...each }] of own.entries())
        downloads.set(id, { ...each, start: arrivals[hasCache ? 0 : k] });
      for (const each of through) watched(input, { node: node.id, direction: 'down' }, each);
      columns.gateways.bytesDown[row] = sizeOf(through);
      columns.gateways.bytesDownRaw[row] = rawSizeOf(through);
      columns.gateways.downloadStart[row] = fogTime;
      columns.gateways.downloadEnd[row] = last;
      timeline.add(laneOf.gateway + row, 'download', fogTime, last);
      if (hasCache) {
        cache.set(node.id, packed);
        receivers.keep(node.id, fog.id, packed.values);
      }
      stations.push({ node, row, time: last, base: packed.values });
    }
  }
  return { stations, downloads };
}
