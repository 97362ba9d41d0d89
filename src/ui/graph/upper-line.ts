// The second line of a gateway, a fog or the cloud: what came in during the latest round, and with which codec it goes up.

import { codecLabel } from '../../sim/compression/codec-spec.ts';
import { numberOf, tierOf } from '../../sim/topology.ts';
import type { FoglineState } from '../../store/store.ts';
import { formatCounted, formatShare } from '../format.ts';
import { rowOf, selectLatest, upperColumns } from './latest-record.ts';
import type { BoxSize } from './sizes.ts';

/** Updates that a gateway or fog took in; undefined before the first round. */
export function receivedBy(state: FoglineState, id: string): number | undefined {
  const record = selectLatest(state);
  const tier = tierOf(id);
  if (!record || (tier !== 'gateway' && tier !== 'fog')) return undefined;
  const columns = upperColumns(record, tier);
  const row = rowOf(columns.number, numberOf(id));
  return row === undefined ? undefined : columns.received[row];
}

/** Characters that fit on one line of the widest box. */
const WIDE_CHARACTERS = 19;

/** As much as a box of that size has room for: what came in and the codec, what came in, or only how many. */
export function selectUpperLine(state: FoglineState, id: string, size: BoxSize['id'] | 'unbounded'): string {
  const tier = tierOf(id);
  if (tier === 'device') return '';
  if (tier === 'cloud') {
    const record = selectLatest(state);
    const start = size === 'wide' || size === 'unbounded' ? 'start weights · v0' : 'start · v0';
    return record ? `${formatShare(record.evaluation.accuracy)} · v${record.round}` : start;
  }
  const came = cameIn(receivedBy(state, id), state.topology.children.get(id)?.length ?? 0, tier);
  // '100/100'
  if (size === 'tiny' || size === 'dot')
    return came.replace(/ (in|updates?|gateways?|devices?)$/, '').replace(' of ', '/');
  const all = `${came} · ${codecLabel(state.experiment.compression[tier])}`;
  return size === 'unbounded' || (size === 'wide' && all.length <= WIDE_CHARACTERS) ? all : came;
}

function cameIn(received: number | undefined, children: number, tier: 'gateway' | 'fog'): string {
  if (received === undefined) return formatCounted(children, tier === 'fog' ? 'gateway' : 'device');
  return tier === 'fog' ? formatCounted(received, 'update') : `${received} of ${children} in`;
}
