// All that a chart can draw of one round: the tiles' summary, and how the fleet fared in it.

import { absencesOf, aliveCount, lowestBattery, type RoundRecord } from '../../sim/record/record.ts';
import { type AbsentStatus, absentStatuses } from '../../sim/record/statuses.ts';
import { type RoundSummary, summaryOf } from '../tiles/round-summary.ts';

export interface RoundValues extends RoundSummary, Readonly<Record<AbsentStatus, number>> {
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
    ...(Object.fromEntries(absentStatuses.map((absence) => [absence, counts.get(absence) ?? 0])) as Record<
      AbsentStatus,
      number
    >),
    devices: record.devices.number.length,
    absent: absentStatuses.reduce((total, absence) => total + (counts.get(absence) ?? 0), 0),
    alive: aliveCount(record),
    lowest: lowestBattery(record),
  };
  known.set(record, values);
  return values;
}
