// A round as `npm run simulate` prints it, in SI units. The caller adds the wall time, because the rest is the same on every
// machine.

import type { FleetDailyProjection } from '../../sim/record/daily-projection.ts';
import {
  absencesOf,
  aliveCount,
  bytesDownOf,
  bytesDownRawOf,
  bytesUpOf,
  bytesUpRawOf,
  contributedOf,
  energyOfRound,
  fullestStorage,
  hasDiverged,
  lowestBattery,
  meanResidual,
  type RoundRecord,
} from '../../sim/record/record.ts';

/** How many times as large the same messages are as plain 32-bit floats; null if nothing was sent. */
const ratioOf = (raw: number, sent: number): number | null => (sent > 0 ? Math.round((1e4 * raw) / sent) / 1e4 : null);

/** @param day the fleet's traffic and energy per day; null where rounds have no interval */
export const toOutputLine = (record: RoundRecord, day: FleetDailyProjection | null = null) => ({
  round: record.round,
  clock_s: record.end,
  accuracy: record.evaluation.accuracy,
  loss: record.evaluation.loss,
  energy_j: energyOfRound(record),
  bytes_up: bytesUpOf(record),
  bytes_down: bytesDownOf(record),
  ratio_up: ratioOf(bytesUpRawOf(record), bytesUpOf(record)),
  ratio_down: ratioOf(bytesDownRawOf(record), bytesDownOf(record)),
  residual_norm: meanResidual(record),
  devices_trained: contributedOf(record),
  alive: aliveCount(record),
  absent: Object.fromEntries(absencesOf(record)),
  bytes_per_day: day && day.bytesUp + day.bytesDown,
  lifetime_days: day?.lifetime ?? null,
  diverged: hasDiverged(record),
  stale_mean: record.staleMean,
  storage_max_pct: Math.round(fullestStorage(record) * 1e4) / 100,
  battery_min_pct: Math.round(lowestBattery(record) * 1e4) / 100,
});
