// What the steps of one synchronous round share: what it was given, the columns that it fills, and its stations.

import type { UpperNode } from '../../fleet/topology.ts';
import { type DeviceColumns, type Status, statuses, type UpperColumns } from '../../record/record.ts';
import type { Timeline } from '../../record/timeline.ts';
import type { Participant } from '../../selection/participants.ts';
import type { Courier } from '../courier.ts';
import type { Downlink } from '../downlink.ts';
import type { Portions } from '../portions.ts';
import type { RoundInput } from '../round-input.ts';
import type { Station } from './station.ts';

export interface Lanes {
  /** The first lane of the tier; the devices' is 0. */
  readonly gateway: number;
  readonly fog: number;
  readonly cloud: number;
}

export interface RoundContext extends RoundInput {
  readonly participants: readonly Participant[];
  /** How many updates the round waits for. */
  readonly goal: number;
  readonly courier: Courier;
  readonly portions: Portions;
  readonly downlink: Downlink;
  readonly stations: ReadonlyMap<string, Station>;
  readonly devices: DeviceColumns;
  readonly gateways: UpperColumns;
  readonly fogs: UpperColumns;
  readonly timeline: Timeline;
  readonly lanes: Lanes;
  /** Seconds that each device was computing or on air, by row; NaN for one that did not take part. */
  readonly busy: Float64Array;
}

/** @throws {Error} if the node has no model to pass on: its devices cannot take part then. */
export function stationOf({ stations }: RoundContext, id: string): Station {
  const station = stations.get(id);
  if (!station) throw new Error(`${id} takes no part in the round.`);
  return station;
}

export function setStatus({ devices }: RoundContext, row: number, status: Status): void {
  devices.status[row] = statuses.indexOf(status);
}

/** No way from a gateway to the cloud: its own link, its fog, or the fog's link. */
export function isCutOff({ topology, world }: RoundContext, gateway: UpperNode): boolean {
  const fog = gateway.parent === null ? undefined : topology.byId.get(gateway.parent);
  return world.isCutAbove(gateway) || fog === undefined || world.isLinkOff(fog);
}
