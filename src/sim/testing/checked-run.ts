// Runs an experiment to its end, and checks that every number in it is one.

import { expect } from 'vitest';
import { energyCauses, energyColumn, type RoundRecord } from '../record/record.ts';
import { statuses } from '../record/statuses.ts';
import type { LocalTrainer } from '../trainer.ts';
import { collect } from './collect.ts';
import type { AnyRun } from './random-experiments.ts';

const areNumbers = (values: ArrayLike<number>, least = Number.NEGATIVE_INFINITY): boolean =>
  Array.from(values).every((value) => Number.isFinite(value) && value >= least);

function checkRecord(record: RoundRecord): void {
  const { devices, gateways, fogs, timeline } = record;
  expect(areNumbers([record.start, record.cloudLastArrival, record.staleMean], 0)).toBe(true);
  expect(areNumbers([record.evaluation.accuracy, record.evaluation.loss], 0)).toBe(true);
  expect(areNumbers([record.end - record.start], 0)).toBe(true);
  for (const cause of energyCauses) expect(areNumbers(devices[energyColumn[cause]], -1e-9)).toBe(true);
  expect(areNumbers(devices.batteryShare, 0)).toBe(true);
  expect(devices.batteryShare.every((share) => share <= 1)).toBe(true);
  expect(Array.from(devices.status).every((status) => status < statuses.length)).toBe(true);
  for (const column of [devices.macs, devices.bytesDown, devices.bytesUp, devices.samples, devices.epochs])
    expect(areNumbers(column, 0)).toBe(true);
  // Without error feedback a residual is NaN; it is never infinite.
  expect([...devices.residual].every((norm) => Number.isNaN(norm) || (norm >= 0 && norm < 1e15))).toBe(true);
  for (const upper of [gateways, fogs])
    for (const column of [upper.bytesUp, upper.bytesDown, upper.received, upper.samples])
      expect(areNumbers(column, 0)).toBe(true);
  expect(areNumbers(timeline.start) && areNumbers(timeline.end)).toBe(true);
}

/** Where nothing charges them and the fleet stays as it is, batteries never rise. */
function checkBatteries(records: readonly RoundRecord[], { experiment, edits }: AnyRun): void {
  const changed = edits.flatMap(({ changes }) => changes.map(({ path }) => path));
  if (experiment.power.charging !== 'none' || changed.some((path) => /^(fleet|power)\./.test(path))) return;
  for (const [index, { devices }] of records.entries()) {
    const before = records[index - 1]?.devices.batteryLeft;
    if (before) expect(devices.batteryLeft.every((left, row) => left <= before[row])).toBe(true);
  }
}

/** @throws what the run throws, which is the fault that is looked for */
export async function checkedRun({ experiment, edits }: AnyRun, trainer: LocalTrainer): Promise<RoundRecord[]> {
  let largest = 0;
  const records = await collect(
    experiment,
    {
      edits,
      onModels: (models) => {
        for (const { weights } of models)
          for (const weight of weights) largest = Number.isNaN(weight) ? weight : Math.max(largest, Math.abs(weight));
      },
    },
    trainer,
  );
  for (const record of records) checkRecord(record);
  checkBatteries(records, { experiment, edits });
  expect(largest).toBeLessThan(1e9);
  // A run ends with its last round, or where it has reached the accuracy that it was to stop at.
  if (records.length !== experiment.rounds) {
    const targets = [experiment, ...edits.flatMap(({ changes }) => changes)].map((each) =>
      'path' in each ? (each.path === 'targetAccuracy' ? Number(each.value) : 0) : each.targetAccuracy,
    );
    expect(targets.filter((target) => target > 0)).not.toEqual([]);
    expect(records[records.length - 1].evaluation.accuracy).toBeGreaterThanOrEqual(
      Math.min(...targets.filter((target) => target > 0)),
    );
  }
  return records;
}
