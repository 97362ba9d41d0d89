// A round on its clock: a lane for every device, gateway, fog and the cloud, with what it did when. Devices stand above their
// gateway, gateways above their fog, the cloud last, as updates flow; the branch that the round waited for comes first, and
// in it the straggler. A folded gateway shows its devices together: when any of them was at it.

import { numberOf, type Topology } from '../../sim/fleet/topology.ts';
import { durationOf, isSemiAsync, type RoundRecord, type UpperColumns } from '../../sim/record/record.ts';
import { hasContributed, type Status, statusEntry, statuses } from '../../sim/record/statuses.ts';
import { type Act, type Bar, Bars } from './bars.ts';
import { waitedFor } from './closing.ts';
import { stragglersOf } from './last-nodes.ts';
import { labelOf } from './names.ts';
import { type Rail, railsOf } from './rails.ts';

/** Of the whole round; null where there is none to tell. */
interface Amount {
  readonly bytes: number | null;
  readonly joules: number | null;
}

export interface Lane {
  /** Node to select. */
  readonly id: string;
  readonly label: string;
  /** In order; waiting fills the gaps. */
  readonly bars: readonly Bar[];
  readonly amounts: Readonly<Partial<Record<Act, Amount>>>;
  /** Why its update did not count; null if it did, and for nodes above the devices. */
  readonly absence: Status | null;
  readonly isStraggler: boolean;
  /** Its part of the critical path, or the path passing by. */
  readonly rail: Rail | null;
  /** Devices in one: how many, how many of them trained, and when any of them was at what. */
  readonly deviceGroup: { readonly count: number; readonly trained: number; readonly bars: readonly Bar[] } | null;
}

export interface Group {
  /** Null for devices whose gateway has left the network since. */
  readonly gateway: Lane | null;
  readonly devices: readonly Lane[];
  readonly count: number;
  readonly isOpen: boolean;
}

export interface Branch {
  readonly fog: Lane | null;
  readonly groups: readonly Group[];
}

export interface Timetable {
  readonly branches: readonly Branch[];
  readonly cloud: Lane;
  /** When the round ended, and how far the clock is drawn: further if a late device was still at it. */
  readonly end: number;
  readonly total: number;
}

/** A late device may go on for hours: the clock follows it for so many times the round. */
const FURTHEST = 1.5;

const first = <Item>(items: readonly Item[], isFirst: (item: Item) => boolean): Item[] => [
  ...items.filter(isFirst),
  ...items.filter((item) => !isFirst(item)),
];

export function toTimetable(record: RoundRecord, topology: Topology, isOpen: (gateway: string) => boolean): Timetable {
  const { devices, gateways, fogs } = record;
  const straggler = waitedFor(record, topology);
  const stragglers = stragglersOf(record, topology);
  const bars = new Bars(record.timeline, devices.number.length + gateways.number.length + fogs.number.length + 1);
  const end = durationOf(record);
  const last = bars.lastEnd();
  // There the record says who waits: the others sleep.
  const hasWaits = isSemiAsync(record);
  const idOf = (row: number): string => `device-${devices.number[row]}`;
  const lane = (id: string, rest: Partial<Lane>): Lane => ({
    id,
    label: labelOf(id, topology),
    bars: [],
    amounts: {},
    absence: null,
    isStraggler: stragglers.has(id),
    rail: null,
    deviceGroup: null,
    ...rest,
  });

  const deviceLane = (row: number): Lane => {
    const status = statuses[devices.status[row]];
    return lane(idOf(row), {
      // Without power there is no waiting.
      bars: hasWaits ? bars.recorded(row) : bars.of(row, statusEntry(status).power === 'on' ? end : undefined),
      absence: hasContributed(status) ? null : status,
      amounts: {
        down: { bytes: devices.bytesDown[row], joules: devices.energyReceive[row] },
        compute: { bytes: null, joules: devices.energyCompute[row] },
        up: { bytes: devices.bytesUp[row], joules: devices.energyTransmit[row] },
        wait: { bytes: null, joules: devices.energyIdle[row] },
      },
    });
  };
  const upperLane = (
    id: string,
    columns: UpperColumns,
    row: number,
    at: number,
    deviceGroup: Lane['deviceGroup'],
  ): Lane =>
    lane(id, {
      bars: bars.of(at + row),
      amounts: {
        down: { bytes: columns.bytesDown[row], joules: null },
        up: { bytes: columns.bytesUp[row], joules: null },
      },
      deviceGroup,
    });

  const below = new Map<string, number[]>();
  for (let row = 0; row < devices.number.length; row++) {
    const parent = topology.byId.get(idOf(row))?.parent ?? '';
    const known = below.get(parent);
    if (known) known.push(row);
    else below.set(parent, [row]);
  }
  const slowRow = straggler ? devices.number.indexOf(numberOf(straggler)) : -1;
  // Of a round that waited for its deadline the path begins at a gateway.
  const slowGateway = topology.byId.get(record.straggler)?.parent ?? '';
  const slowFog = topology.byId.get(slowGateway)?.parent ?? '';

  /** The straggler first, then who did anything, then who was absent. */
  const lanesFor = (rows: readonly number[]): Lane[] => {
    const lanes = first(rows, (row) => row === slowRow).map(deviceLane);
    return first(lanes, ({ bars: own }) => own.length > 0);
  };

  const groupOf = (id: string, row: number): Group => {
    const rows = below.get(id) ?? [];
    const open = row < 0 || isOpen(id);
    const trained = rows.reduce((count, each) => count + (hasContributed(statuses[devices.status[each]]) ? 1 : 0), 0);
    const deviceGroup = open ? null : { count: rows.length, trained, bars: bars.together(rows) };
    return {
      gateway: row < 0 ? null : upperLane(id, gateways, row, devices.number.length, deviceGroup),
      devices: lanesFor(open ? rows : rows.filter((each) => each === slowRow)),
      count: rows.length,
      isOpen: open,
    };
  };

  const gatewayIds = Array.from(gateways.number, (number) => `gateway-${number}`);
  const branchOf = (id: string, row: number): Branch => {
    const own = gatewayIds.filter((gateway) => (topology.byId.get(gateway)?.parent ?? '') === id);
    const orphans = row < 0 && below.has('') ? [groupOf('', -1)] : [];
    return {
      fog: row < 0 ? null : upperLane(id, fogs, row, devices.number.length + gateways.number.length, null),
      groups: [
        ...first(own, (gateway) => gateway === slowGateway).map((gateway) =>
          groupOf(gateway, gatewayIds.indexOf(gateway)),
        ),
        ...orphans,
      ],
    };
  };
  const fogIds = Array.from(fogs.number, (number) => `fog-${number}`);
  const branches = [
    ...first(fogIds, (fog) => fog === slowFog).map((fog) => branchOf(fog, fogIds.indexOf(fog))),
    branchOf('', -1),
  ].filter(({ fog, groups }) => fog || groups.length > 0);
  const cloud = lane('cloud', { bars: bars.of(bars.lanes - 1) });
  return withRails({ branches, cloud, end, total: last > end * 1.001 ? Math.min(last, end * FURTHEST) : end }, [
    ...(straggler ? [straggler] : []),
    slowGateway,
    slowFog,
    'cloud',
  ]);
}

/** Every lane, from the top down. */
export const lanesOf = ({ branches, cloud }: Timetable): Lane[] => [
  ...branches.flatMap(({ fog, groups }) => [
    ...groups.flatMap(({ gateway, devices }) => (gateway ? [...devices, gateway] : devices)),
    ...(fog ? [fog] : []),
  ]),
  cloud,
];

/** Marks the critical path in the lanes. */
function withRails(timetable: Timetable, path: readonly string[]): Timetable {
  const rails = railsOf(lanesOf(timetable), path);
  // Where updates come in one by one nobody is waited for.
  const marked = (lane: Lane): Lane => ({
    ...lane,
    rail: rails.get(lane.id) ?? null,
    isStraggler: lane.isStraggler && rails.size > 0,
  });
  return {
    ...timetable,
    cloud: marked(timetable.cloud),
    branches: timetable.branches.map(({ fog, groups }) => ({
      fog: fog && marked(fog),
      groups: groups.map((group) => ({
        ...group,
        gateway: group.gateway && marked(group.gateway),
        devices: group.devices.map(marked),
      })),
    })),
  };
}
