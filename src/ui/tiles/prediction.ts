// What a change of codec would do to the round's time, before anyone makes it: the simulation's own round, rehearsed with the
// settings changed.

import { dryRun } from '../../sim/engine/dry-run.ts';
import { isAsynchronous } from '../../sim/engine/synchrony.ts';
import { applyChanges, type Change } from '../../sim/experiment/edits.ts';
import type { Experiment } from '../../sim/experiment/experiment.ts';
import type { RoundRecord } from '../../sim/record/record.ts';
import { ROUND_TRIP_TARGET } from './targets.ts';

export interface Suggestion {
  readonly label: string;
  readonly changes: readonly Change[];
  /** Modelled seconds of a round with the changes made. */
  readonly seconds: number;
}

const up = (quantise: string): Change[] =>
  ['device', 'gateway', 'fog'].map((tier) => ({ path: `compression.${tier}.quantise`, value: quantise }));

/** The mildest change first. */
const candidates: readonly { label: string; changes: readonly Change[] }[] = [
  { label: 'Try INT8 uplinks', changes: up('int8') },
  { label: 'Try INT8 both ways', changes: [...up('int8'), { path: 'compression.down.quantise', value: 'int8' }] },
];

/** With more devices a rehearsal would hold the page up. */
const MOST_DEVICES = 400;

/** A rehearsal takes some milliseconds: the page has its turn between two of them. */
const nextTask = () => new Promise((resolve) => setTimeout(resolve));

/** The mildest change of codec that meets the round-trip target; null if none does, or it is met already. */
export async function suggest(record: RoundRecord, experiment: Experiment): Promise<Suggestion | null> {
  if (record.devices.number.length > MOST_DEVICES || isAsynchronous(experiment)) return null;
  if ((await dryRun(record, experiment)) < ROUND_TRIP_TARGET) return null;
  for (const { label, changes } of candidates) {
    await nextTask();
    const seconds = await dryRun(record, applyChanges(experiment, changes));
    if (seconds < ROUND_TRIP_TARGET) return { label, changes, seconds };
  }
  return null;
}
