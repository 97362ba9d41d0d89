// Undoing a change that was made to several nodes at once. Pure functions.

import { type Change, changesBetween } from '../sim/experiment/edits.ts';
import type { Experiment } from '../sim/experiment/experiment.ts';
import type { Fleet } from '../sim/experiment/sections/fleet.ts';
import { buildTopology } from '../sim/fleet/topology.ts';
import type { FleetChanges } from './fleet-changes.ts';

/** Changes that were made to nodes, and the fleet as it was before. */
export interface AppliedChanges {
  readonly ids: readonly string[];
  readonly before: Fleet;
  readonly changes: FleetChanges;
}

type Restored = { readonly [Part in 'profiles' | 'figures' | 'off' | 'removed']?: Fleet[Part] };

/**
 * The changes that restore what was changed of these nodes: kind, edited figures, switched off or on, removed. Later changes of
 * other nodes, or of other properties of these, stay. Empty if there is nothing to undo.
 */
export function undoChanges(experiment: Experiment, { ids, before, changes }: AppliedChanges): readonly Change[] {
  const { fleet } = experiment;
  const removed = new Set(fleet.removed);
  const { byId } = buildTopology(fleet);
  // Nodes that the fleet no longer contains, because it has become smaller, cannot be restored.
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
