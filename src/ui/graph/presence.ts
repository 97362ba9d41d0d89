// Whether a node is there: switched off by hand (which shows at once, though it counts from the next round), or absent from
// the latest round for the reason that its record gives. Pure.

import { type NetworkNode, tierOf } from '../../sim/fleet/topology.ts';
import type { FoglineState } from '../../store/store.ts';
import { type DeviceState, deviceState, selectLatest } from './latest-record.ts';

/** 'returning': it was switched off or cut off in the latest round, and is not any more. */
export type Presence = DeviceState | 'returning';

/** What of the store this needs. */
export type PresenceState = Pick<FoglineState, 'experiment' | 'topology' | 'history'>;

const sets = new WeakMap<readonly string[], ReadonlySet<string>>();

/** The ids of what is switched off: nodes, and 'link:' with the lower node of a link. */
export function offIds({ experiment }: Pick<FoglineState, 'experiment'>): ReadonlySet<string> {
  const { off } = experiment.fleet;
  let known = sets.get(off);
  if (!known) {
    known = new Set(off);
    sets.set(off, known);
  }
  return known;
}

/** A link carries nothing if it is off itself, or the node at one of its ends. */
export function linkPresence(state: PresenceState, lower: string, upper: string): 'on' | 'off' | 'dead' {
  const off = offIds(state);
  if (off.size === 0) return 'on';
  if (off.has(`link:${lower}`)) return 'off';
  return off.has(lower) || off.has(upper) ? 'dead' : 'on';
}

type Way = 'open' | 'switched off' | 'cut off' | 'cut above';

/** How far a device's messages get as things stand. */
function wayOf(state: PresenceState, node: NetworkNode): Way {
  const off = offIds(state);
  if (off.size === 0) return 'open';
  const { byId } = state.topology;
  const gateway = byId.get(node.parent ?? '');
  const fog = byId.get(gateway?.parent ?? '');
  if (off.has(node.id)) return 'switched off';
  if (off.has(`link:${node.id}`) || !gateway || off.has(gateway.id)) return 'cut off';
  const isCutAbove = off.has(`link:${gateway.id}`) || !fog || off.has(fog.id) || off.has(`link:${fog.id}`);
  return isCutAbove ? 'cut above' : 'open';
}

/** What a device shows: its state in the latest round, but for what was switched off or on since. */
export function presenceOf(state: PresenceState, id: string): Presence {
  const node = state.topology.byId.get(id);
  if (node?.tier !== 'device') return 'waiting';
  const recorded = deviceState(selectLatest(state), node.number);
  const way = wayOf(state, node);
  if (way === 'switched off' || way === 'cut off') return way;
  // With a copy of its own the gateway may still serve: what came of that is in the record.
  if (way === 'cut above') return state.experiment.network.cache ? recorded : 'cut off';
  return recorded === 'switched off' || recorded === 'cut off' ? 'returning' : recorded;
}

/** Whether a gateway or a fog is switched off. */
export const isSwitchedOff = (state: PresenceState, id: string): boolean =>
  tierOf(id) !== 'cloud' && offIds(state).has(id);
