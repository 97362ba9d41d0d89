// What a visitor does to nodes by hand besides their figures: switching them or their links off and on, and giving a
// device a model. Pure functions; `store.change(…)` makes the changes.

import type { Change } from '../sim/experiment/edits.ts';
import type { Experiment } from '../sim/experiment/experiment.ts';
import type { ModelKind } from '../sim/model/models.ts';

/** A node's id, or 'link:' and the id of the node below the link. */
export type Switchable = string;

/** Switches nodes or links on or off, as one change. */
export function setSwitched({ fleet }: Experiment, targets: readonly Switchable[], on: boolean): readonly Change[] {
  const switched = new Set(targets);
  const others = fleet.off.filter((each) => !switched.has(each));
  return [{ path: 'fleet.off', value: on ? others : [...others, ...switched] }];
}

/**
 * Gives a device a model by hand, or leaves it to the rule again (null). While all devices share one model, families are
 * switched on with it: that restarts the run.
 */
export function setModel({ fleet, families }: Experiment, id: string, kind: ModelKind | null): readonly Change[] {
  const { [id]: _, ...others } = fleet.models;
  const models: Change = { path: 'fleet.models', value: kind === null ? others : { ...others, [id]: kind } };
  return kind === null || families.assignment === 'by-rule'
    ? [models]
    : [models, { path: 'families.assignment', value: 'by-rule' }];
}
