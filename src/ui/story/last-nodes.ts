// Which nodes a round waited for. The record names one straggler; others may have been as late, and then a change to that one alone
// changes nothing. And where the slowest step is a gateway's or a fog's own, it is that node that the round waited for.

import type { Topology } from '../../sim/fleet/topology.ts';
import { isAsync, type RoundRecord, type UpperColumns } from '../../sim/record/record.ts';
import { hasContributed, statuses } from '../../sim/record/statuses.ts';
import { waitedFor } from './closing.ts';

/** Nodes whose updates arrived within this share of the round's time of the last one arrived together with it. */
const TOGETHER = 0.005;

export interface LastNodes {
  /** Ids on the last paths, the straggler's own first in each. Empty where the round waited for nobody. */
  readonly devices: readonly string[];
  readonly gateways: readonly string[];
  readonly fogs: readonly string[];
}

const nobody: LastNodes = { devices: [], gateways: [], fogs: [] };

/** The ids given, the straggler's first. */
const first = (ids: readonly string[], leader: string): string[] => [leader, ...ids.filter((id) => id !== leader)];

function find(record: RoundRecord, topology: Topology): LastNodes {
  const straggler = waitedFor(record, topology);
  if (straggler === '' || isAsync(record)) return nobody;
  const slack = TOGETHER * (record.end - record.start);
  const parentOf = (id: string): string => topology.byId.get(id)?.parent ?? '';
  const gateway = parentOf(straggler);
  const fog = parentOf(gateway);
  /** Of the nodes below `parents`, those whose update arrived last there, or as good as last. */
  const lastOf = (
    tier: string,
    columns: Pick<UpperColumns, 'number' | 'uploadEnd'>,
    parents: ReadonlySet<string>,
    leader: string,
  ) => {
    const arrivals = new Map<string, number>();
    const below = Array.from(columns.number, (number, row) => ({
      id: `${tier}-${number}`,
      at: columns.uploadEnd[row],
    })).filter(({ id, at }) => Number.isFinite(at) && parents.has(parentOf(id)));
    for (const { id, at } of below) arrivals.set(parentOf(id), Math.max(at, arrivals.get(parentOf(id)) ?? 0));
    return first(
      below.filter(({ id, at }) => at >= (arrivals.get(parentOf(id)) ?? 0) - slack).map(({ id }) => id),
      leader,
    );
  };
  if (gateway === '' || fog === '') return { ...nobody, devices: [straggler] };
  const fogs = lastOf('fog', record.fogs, new Set(['cloud']), fog);
  const gateways = lastOf('gateway', record.gateways, new Set(fogs), gateway);
  const { number, status, uploadEnd } = record.devices;
  const trained = Array.from(status.keys()).filter((row) => hasContributed(statuses[status[row]]));
  const devices = lastOf(
    'device',
    {
      number: Int32Array.from(trained, (row) => number[row]),
      uploadEnd: Float64Array.from(trained, (row) => uploadEnd[row]),
    },
    new Set(gateways),
    straggler,
  );
  return { devices, gateways, fogs };
}

// Every node of the graph asks; where a node has been moved since, the answer may be another.
const known = new WeakMap<
  RoundRecord,
  { readonly topology: Topology; readonly nodes: LastNodes; readonly ids: ReadonlySet<string> }
>();

function look(record: RoundRecord, topology: Topology) {
  const before = known.get(record);
  if (before?.topology === topology) return before;
  const nodes = find(record, topology);
  const trained = record.devices.status.filter((status) => hasContributed(statuses[status])).length;
  const allTie = nodes.devices.length > 1 && nodes.devices.length === trained;
  const found = { topology, nodes, ids: new Set(allTie ? [] : nodes.devices) };
  known.set(record, found);
  return found;
}

export const lastNodes = (record: RoundRecord, topology: Topology): LastNodes => look(record, topology).nodes;

/**
 * Ids of the devices that came later than others: several where they tie; none where all tie, or where the round waited for its
 * deadline or for nobody.
 */
export const stragglersOf = (record: RoundRecord, topology: Topology): ReadonlySet<string> =>
  look(record, topology).ids;
