// Live changes as marks on the curves: where on the axis each took hold, and a few words.

import type { Experiment } from '../../sim/experiment/experiment.ts';
import type { Topology } from '../../sim/fleet/topology.ts';
import type { History } from '../../sim/record/record.ts';
import type { Axis } from '../../store/store.ts';
import { describeChanges, forEachChange } from '../story/describe-changes.ts';
import { valuesOf } from './round-values.ts';
import { toAxisValues } from './series.ts';

export interface Mark {
  /** First round that the change holds for. */
  readonly round: number;
  readonly x: number;
  /** 'INT8 set here' */
  readonly label: string;
}

export function toMarks(history: History, axis: Axis, initialExperiment: Experiment, topology: Topology): Mark[] {
  const xs = toAxisValues(history, axis);
  const marks: Mark[] = [];
  forEachChange(history, initialExperiment, (index, changes, before) => {
    const [first, ...others] = describeChanges(changes, before, topology);
    // What was set before the first round is how the run began: nothing changes there.
    if (!first || index === 0) return;
    const label = others.length > 0 ? `${first.short} +${others.length}` : `${first.short} set here`;
    marks.push({ round: history[index].round, x: xs[index - 1], label });
  });
  return marks;
}

/** The first round after which a battery was empty. */
export function toDeathMarks(history: History, axis: Axis): readonly Mark[] {
  const index = history.findIndex((record) => valuesOf(record).alive < record.devices.number.length);
  if (index < 0) return [];
  const { round } = history[index];
  return [{ round, x: toAxisValues(history, axis)[index], label: `first device died, round ${round}` }];
}

/** Marks that have room for their words: from the newest back, none closer than `apart` (a share of the axis). */
export function labelled(marks: readonly Mark[], top: number, apart: number): ReadonlySet<Mark> {
  const chosen = new Set<Mark>();
  let next = Number.POSITIVE_INFINITY;
  for (const mark of marks.toReversed()) {
    if (next - mark.x / top < apart) continue;
    chosen.add(mark);
    next = mark.x / top;
  }
  return chosen;
}
