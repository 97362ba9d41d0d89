// How a round came to its end where it did not wait for the last: at its deadline, or with enough updates. Pure.

import { numberOf, type Topology } from '../../sim/fleet/topology.ts';
import { countWithStatus, type RoundRecord } from '../../sim/record/record.ts';
import { hasContributed, statuses } from '../../sim/record/statuses.ts';

export interface Closing {
  readonly by: 'deadline' | 'enough updates';
  /** Seconds from the round's start. */
  readonly after: number;
  /** Devices whose updates came too late. */
  readonly late: number;
}

function find(record: RoundRecord, topology: Topology): Closing | null {
  const late = countWithStatus(record, 'late');
  if (late === 0 || record.straggler === '') return null;
  const gateway = topology.byId.get(record.straggler)?.parent ?? '';
  const fog = topology.byId.get(gateway)?.parent ?? '';
  // The node that its update was for: the first on the way that waits.
  const after = [
    record.gateways.closed[record.gateways.number.indexOf(numberOf(gateway))],
    record.fogs.closed[record.fogs.number.indexOf(numberOf(fog))],
    record.cloudClosed,
  ].find((time) => time !== undefined && !Number.isNaN(time));
  if (after === undefined) return null;
  const { status, uploadEnd } = record.devices;
  const arrived = uploadEnd.reduce(
    (last, end, at) => (hasContributed(statuses[status[at]]) ? Math.max(last, end) : last),
    0,
  );
  return { by: after > arrived + 1e-9 ? 'deadline' : 'enough updates', after, late };
}

// Every node of the graph asks.
const known = new WeakMap<RoundRecord, Closing | null>();

/** Null if it waited for all. */
export function closingOf(record: RoundRecord, topology: Topology): Closing | null {
  const before = known.get(record);
  if (before !== undefined) return before;
  const closing = find(record, topology);
  known.set(record, closing);
  return closing;
}

/** Id of the device that the round waited for; '' if it waited for its deadline, or for nobody. */
export const waitedFor = (record: RoundRecord, topology: Topology): string =>
  closingOf(record, topology)?.by === 'deadline' ? '' : record.straggler;
