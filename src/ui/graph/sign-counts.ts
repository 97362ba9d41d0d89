// How many devices show which sign, for the legend. Pure.

import { absentStatuses } from '../../sim/record/statuses.ts';
import { type PresenceState, presenceOf } from './presence.ts';

const count = (state: PresenceState): string => {
  const counts = new Map<string, number>();
  for (const { id } of state.topology.devices) {
    const presence = presenceOf(state, id);
    counts.set(presence, (counts.get(presence) ?? 0) + 1);
  }
  return absentStatuses.map((reason) => counts.get(reason) ?? 0).join();
};

let last: { readonly on: readonly unknown[]; readonly counts: string } = { on: [], counts: '' };

/**
 * How many devices were absent for each reason, in the order of `absentStatuses`: '0,3,0 …', the same text while it is so. The
 * legend asks at every change of the store: what it depends on is looked at first, and thousands of devices only if it must be.
 */
export function toCounts(state: PresenceState): string {
  const on = [state.topology, state.history.at(-1), state.experiment.fleet.off, state.experiment.network.cache];
  if (on.length !== last.on.length || on.some((each, at) => each !== last.on[at])) last = { on, counts: count(state) };
  return last.counts;
}
