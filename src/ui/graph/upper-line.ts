// The second line of a gateway, a fog or the cloud: what came in during the latest round, and with which codec it goes up.

import { codecLabel } from '../../sim/compression/codec-spec.ts';
import { tierPolicy } from '../../sim/engine/synchrony.ts';
import { numberOf, tierOf } from '../../sim/fleet/topology.ts';
import { rowOf } from '../../sim/record/columns.ts';
import type { FoglineState } from '../../store/store.ts';
import { formatCounted, formatShare } from '../format.ts';
import { selectLatest, upperColumns } from './latest-record.ts';
import type { PausedInstant } from './paused-instant.ts';
import type { BoxSize } from './sizes.ts';

/** What of the store this needs. */
type LineState = Pick<FoglineState, 'experiment' | 'topology' | 'history'>;

/** Updates that a gateway or fog had taken in: in the whole latest round, or up to an instant of it. Undefined before the first. */
function receivedBy({ history, topology }: LineState, id: string, instant: PausedInstant | null): number | undefined {
  const record = selectLatest({ history });
  const tier = tierOf(id);
  if (!record || (tier !== 'gateway' && tier !== 'fog')) return undefined;
  const columns = upperColumns(record, tier);
  const row = rowOf(columns.number, numberOf(id));
  if (row === undefined) return undefined;
  const all = columns.received[row];
  if (instant?.record !== record) return all;
  const below = tier === 'gateway' ? record.devices : record.gateways;
  const arrived = (topology.children.get(id) ?? []).filter((child) => {
    const at = rowOf(below.number, numberOf(child));
    return at !== undefined && below.bytesUp[at] > 0 && below.uploadEnd[at] <= instant.at;
  });
  return Math.min(all, arrived.length);
}

/** Characters that fit on one line of the widest box. */
const WIDE_CHARACTERS = 19;

/** As much as a box of that size has room for: what came in and the codec, what came in, or only how many. */
export function selectUpperLine(
  state: LineState,
  id: string,
  size: BoxSize['id'] | 'unbounded',
  instant: PausedInstant | null = null,
): string {
  const tier = tierOf(id);
  if (tier === 'device') return '';
  if (tier === 'cloud') {
    const latest = selectLatest(state);
    // Held before the round's end, the cloud still has the model of the round before.
    const record = latest && instant?.record === latest ? state.history.at(-2) : latest;
    const start = size === 'wide' || size === 'unbounded' ? 'start weights · v0' : 'start · v0';
    return record ? `${formatShare(record.evaluation.accuracy)} · v${record.round}` : start;
  }
  const came = cameIn(state, id, tier, instant);
  // '100/100'
  if (size === 'tiny' || size === 'dot')
    return came.replace(/ (in|updates?|gateways?|devices?)$/, '').replace(/ of (buffer )?/, '/');
  // A relay's own codec does nothing: what it passes on stays as it came.
  const isRelay = tierPolicy(state.experiment, tier).synchrony === 'relay';
  const all = isRelay
    ? selectLatest(state)
      ? `${came} passed on`
      : came
    : `${came} · ${codecLabel(state.experiment.compression[tier])}`;
  return size === 'unbounded' || (size === 'wide' && all.length <= WIDE_CHARACTERS) ? all : came;
}

/**
 * '2 of 3 in' at a gateway that waits, '2 of buffer 3' where they lie in a buffer, else how many came: a device may have sent more
 * than one in a record. At a fog each family of models sends its own.
 */
function cameIn(state: LineState, id: string, tier: 'gateway' | 'fog', instant: PausedInstant | null): string {
  const children = state.topology.children.get(id)?.length ?? 0;
  const received = receivedBy(state, id, instant);
  const record = selectLatest(state);
  if (received === undefined || !record) return formatCounted(children, tier === 'fog' ? 'gateway' : 'device');
  const synchrony = record.synchrony[tier];
  if (synchrony === 'barrier' && tier === 'gateway') return `${received} of ${children} in`;
  const columns = upperColumns(record, tier);
  const row = rowOf(columns.number, numberOf(id));
  // Within a record only arrivals are known, not what the buffer held before.
  if (synchrony === 'buffer' && row !== undefined && instant?.record !== record)
    return `${columns.buffered[row]} of buffer ${tierPolicy(state.experiment, tier).buffer}`;
  return formatCounted(received, 'update');
}
