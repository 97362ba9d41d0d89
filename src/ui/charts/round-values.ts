// All that a chart can draw of one round: the tiles' summary, and how the fleet fared in it.

import { absencesOf, aliveOf, lowestBattery, type RoundRecord, type Status } from '../../sim/record/record.ts';
import { type RoundSummary, summaryOf } from '../tiles/round-summary.ts';

export type Absence = Exclude<Status, 'trained' | 'arrived'>;

/** From what a device cannot help to what it was not asked for: the order in which a stack shows them. */
export const absences: readonly Absence[] = [
  'out of memory',
  'out of storage',
  'battery empty',
  'battery died',
  'diverged',
  'lost above',
  'late',
  'too stale',
  'cut off',
  'switched off',
  'offline',
  'saving energy',
  'not selected',
  'still working',
];

export interface RoundValues extends RoundSummary, Readonly<Record<Absence, number>> {
  /** Devices in the network; those whose update did not count; those on mains or with charge left. */
  readonly devices: number;
  readonly absent: number;
  readonly alive: number;
  /** Share left of the emptiest battery, 0 … 1; 1 if all are on mains. */
  readonly lowest: number;
}

const known = new WeakMap<RoundRecord, RoundValues>();

export function valuesOf(record: RoundRecord): RoundValues {
  const before = known.get(record);
  if (before) return before;
  const counts = absencesOf(record);
  const values: RoundValues = {
    ...summaryOf(record),
    ...(Object.fromEntries(absences.map((absence) => [absence, counts.get(absence) ?? 0])) as Record<Absence, number>),
    devices: record.devices.number.length,
    absent: absences.reduce((total, absence) => total + (counts.get(absence) ?? 0), 0),
    alive: aliveOf(record),
    lowest: lowestBattery(record),
  };
  known.set(record, values);
  return values;
}
