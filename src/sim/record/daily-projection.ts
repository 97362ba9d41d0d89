// Projections for a fleet that trains at intervals: bytes a day, and how long a full battery lasts. Projected from the last rounds:
// mean power = joules of the device ÷ the time that they cover, sleep between the rounds included, and
// lifetime = usable joules of a full battery (mAh × 3.6 × V × 0.85) ÷ mean power. What charges the battery is left out.

import { isAsynchronous } from '../engine/synchrony.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { batteryCapacity } from '../fleet/battery.ts';
import type { DeviceNode, Topology } from '../fleet/topology.ts';
import { rowOf } from './columns.ts';
import { bytesDownOf, bytesUpOf, energyCauses, energyColumn, type History, type RoundRecord } from './record.ts';
import { statusTable } from './statuses.ts';

const DAY = 86_400;
const MILLIWATTS = 1000;
/** Rounds that a projection is computed from. */
export const PROJECTION_ROUNDS = 10;

export interface DailyProjection {
  readonly bytesUp: number;
  readonly bytesDown: number;
  /** Days on a full battery; null on mains, or if nothing is known of what the device spends. */
  readonly lifetime: number | null;
}

export interface FleetDailyProjection extends DailyProjection {
  /** Id of the device whose battery is the first to be empty; null if all are on mains. */
  readonly first: string | null;
}

/** Devices that spend nothing say nothing of their lifetime. */
const spendsNothing = (code: number): boolean => statusTable[code].power === 'off';

interface Span {
  readonly record: RoundRecord;
  /** Seconds that the record's joules and bytes cover. */
  readonly seconds: number;
  /** Seconds of sleep after the record that it does not hold: a first round has had none before it. */
  readonly sleep: number;
}

/**
 * The last rounds with the time of each: from the end of the one before it; of the first, from its start to the next one's. Rounds
 * before the last live change had other settings, and cannot be projected from.
 */
function spansOf(history: History, interval: number): Span[] {
  const recent = history.slice(-PROJECTION_ROUNDS);
  const changed = recent.findLastIndex(({ changes }) => changes.length > 0);
  return recent.slice(Math.max(0, changed)).flatMap((record, index, last): Span[] => {
    const before = last[index - 1] ?? history.at(-last.length - 1);
    if (before) return [{ record, seconds: record.end - before.end, sleep: 0 }];
    // Later rounds hold the sleep before them; the first is left out as soon as there are others.
    if (last.length > 1) return [];
    const sleep = Math.max(0, interval - (record.end - record.start));
    return [{ record, seconds: record.end - record.start + sleep, sleep }];
  });
}

const secondsOf = (spans: readonly Span[]): number => spans.reduce((total, { seconds }) => total + seconds, 0);

function lifetimeOf(spans: readonly Span[], { number, figures }: DeviceNode): number | null {
  const capacity = batteryCapacity(figures);
  if (!Number.isFinite(capacity)) return null;
  let joules = 0;
  let time = 0;
  for (const { record, seconds, sleep } of spans) {
    const row = rowOf(record.devices.number, number);
    if (row === undefined || spendsNothing(record.devices.status[row])) continue;
    for (const cause of energyCauses) joules += record.devices[energyColumn[cause]][row];
    joules += (figures.sleepPower / MILLIWATTS) * sleep;
    time += seconds;
  }
  return joules > 0 && time > 0 ? (capacity * time) / joules / DAY : null;
}

/** Rounds begin at intervals: only then is a day's work known. */
const hasDays = (experiment: Experiment): boolean => !isAsynchronous(experiment) && experiment.power.interval > 0;

/** @returns null before the first round, and where rounds have no interval */
export function deviceDailyProjection(
  history: History,
  experiment: Experiment,
  device: DeviceNode,
): DailyProjection | null {
  if (!hasDays(experiment) || history.length === 0) return null;
  const spans = spansOf(history, experiment.power.interval);
  const of = (column: 'bytesUp' | 'bytesDown') =>
    spans.reduce((total, { record: { devices } }) => {
      const row = rowOf(devices.number, device.number);
      return row === undefined ? total : total + devices[column][row];
    }, 0);
  const scale = DAY / secondsOf(spans);
  return {
    bytesUp: scale * of('bytesUp'),
    bytesDown: scale * of('bytesDown'),
    lifetime: lifetimeOf(spans, device),
  };
}

/** All links together, and the lifetime of the device whose battery is empty first; null as above. */
export function fleetDailyProjection(
  history: History,
  experiment: Experiment,
  topology: Topology,
): FleetDailyProjection | null {
  if (!hasDays(experiment) || history.length === 0) return null;
  const spans = spansOf(history, experiment.power.interval);
  let first: { readonly id: string; readonly days: number } | null = null;
  for (const device of topology.devices) {
    const days = lifetimeOf(spans, device);
    if (days !== null && (first === null || days < first.days)) first = { id: device.id, days };
  }
  const scale = DAY / secondsOf(spans);
  return {
    bytesUp: scale * spans.reduce((total, { record }) => total + bytesUpOf(record), 0),
    bytesDown: scale * spans.reduce((total, { record }) => total + bytesDownOf(record), 0),
    lifetime: first?.days ?? null,
    first: first?.id ?? null,
  };
}
