// Taking back what was done to several nodes at once. Pure.

import { type Change, changesBetween } from '../sim/experiment/edits.ts';
import type { Experiment } from '../sim/experiment/experiment.ts';
import type { Fleet } from '../sim/experiment/sections/fleet.ts';
import { buildTopology } from '../sim/fleet/topology.ts';
import type { FleetChanges } from './fleet-changes.ts';

/** What was done to nodes, and the fleet as it was before. */
export interface Done {
  readonly ids: readonly string[];
  readonly before: Fleet;
  readonly changes: FleetChanges;
}

type Restored = { readonly [Part in 'profiles' | 'figures' | 'off' | 'removed']?: Fleet[Part] };

/**
 * Gives these nodes back what the changes took from them: kind, edited figures, being switched on, being there. What has been
 * changed since of other nodes, or of other parts of these, stays. Empty if there is nothing to take back.
 */
export function undoChanges(experiment: Experiment, { ids, before, changes }: Done): readonly Change[] {
  const { fleet } = experiment;
  const removed = new Set(fleet.removed);
  const { byId } = buildTopology(fleet);
  // A fleet that has become smaller knows nothing of what was in it.
  const targets = new Set(ids.filter((id) => byId.has(id) || removed.has(id)));
  const inMap = <Value>(now: Readonly<Record<string, Value>>, then: Readonly<Record<string, Value>>) =>
    Object.fromEntries([
      ...Object.entries(now).filter(([id]) => !targets.has(id)),
      ...Object.entries(then).filter(([id]) => targets.has(id)),
    ]);
  const inList = (now: readonly string[], then: readonly string[]) => [
    ...now.filter((id) => !targets.has(id)),
    ...then.filter((id) => targets.has(id)),
  ];
  const paths = new Set(changes.map(({ path }) => path));
  const restored: Restored = {
    ...(paths.has('fleet.profiles') && { profiles: inMap(fleet.profiles, before.profiles) }),
    ...(paths.has('fleet.figures') && { figures: inMap(fleet.figures, before.figures) }),
    ...(paths.has('fleet.off') && { off: inList(fleet.off, before.off) }),
    ...(paths.has('fleet.removed') && { removed: inList(fleet.removed, before.removed) }),
  };
  return changesBetween(experiment, { ...experiment, fleet: { ...fleet, ...restored } });
}
