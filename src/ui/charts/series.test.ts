import { beforeAll, describe, expect, test } from 'vitest';
import { defaultExperiment, type Experiment } from '../../sim/experiment/experiment.ts';
import { buildTopology } from '../../sim/fleet/topology.ts';
import {
  aliveCount,
  bytesDownOf,
  bytesUpOf,
  countWithStatus,
  energyOfRound,
  type History,
} from '../../sim/record/record.ts';
import { absentStatuses } from '../../sim/record/statuses.ts';
import { collect } from '../../sim/testing/collect.ts';
import { labelled, toDeathMarks, toMarks } from './marks.ts';
import { valuesOf } from './round-values.ts';
import {
  roundAt,
  toAbsenceSeries,
  toAccuracySeries,
  toAxisValues,
  toBatterySeries,
  toBytesSeries,
  toEnergySeries,
  toRoundTripSeries,
} from './series.ts';

const experiment: Experiment = {
  ...defaultExperiment,
  rounds: 6,
  fleet: { ...defaultExperiment.fleet, devicesPerGateway: 2 },
};
const int8 = ['device', 'gateway', 'fog'].map((tier) => ({ path: `compression.${tier}.quantise`, value: 'int8' }));
const history = await collect(experiment, { edits: [{ round: 4, changes: int8 }] });
const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

describe('the x axis', () => {
  test('counts rounds, simulated seconds, joules and bytes since the run began', () => {
    expect(toAxisValues(history, 'rounds')).toEqual([1, 2, 3, 4, 5, 6]);
    expect(toAxisValues(history, 'seconds').at(-1)).toBeCloseTo(history[5].end, 9);
    expect(toAxisValues(history, 'joules').at(-1)).toBeCloseTo(total(history.map(energyOfRound)), 9);
    const bytes = history.map((record) => bytesUpOf(record) + bytesDownOf(record));
    expect(toAxisValues(history, 'bytes').at(-1)).toBe(total(bytes));
  });

  test('finds the round nearest to a place', () => {
    expect([0, 1.4, 1.6, 99].map((x) => roundAt([1, 2, 3], x))).toEqual([0, 0, 1, 2]);
  });
});

describe('the series', () => {
  test('of accuracy has a point a round', () => {
    const { points, most } = toAccuracySeries(history, 'rounds');
    expect(points.map(({ x }) => x)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(most.right).toBe(Math.max(...history.map(({ evaluation }) => evaluation.loss)));
  });

  test('of accuracy reaches as far as the finite losses do', () => {
    const losses = [0.5, Number.NaN, 3.8e13, Number.POSITIVE_INFINITY];
    const diverged = losses.map((loss, i) => ({ ...history[i], evaluation: { ...history[i].evaluation, loss } }));
    expect(toAccuracySeries(diverged, 'rounds').most.right).toBe(3.8e13);
  });

  test('of what happens over a round begins where the run began', () => {
    for (const toSeries of [toEnergySeries, toBytesSeries, toRoundTripSeries]) {
      const { points } = toSeries(history, 'seconds');
      expect(points).toHaveLength(7);
      expect(points[0]).toEqual({ ...points[1], x: 0 });
    }
  });

  test('of energy reaches the sum of its causes', () => {
    const { points, most } = toEnergySeries(history, 'rounds');
    const { compute, transmit, receive, wake, idle, sleep } = points[1];
    expect(compute + transmit + receive + wake + idle + sleep).toBeCloseTo(energyOfRound(history[0]), 9);
    expect(most.left).toBeCloseTo(Math.max(...history.map(energyOfRound)), 9);
  });

  test('of bytes falls where INT8 was set', () => {
    const { points } = toBytesSeries(history, 'rounds');
    expect(points[4].up).toBeLessThan(points[3].up / 3);
    expect(points[4].down).toBe(points[3].down);
  });

  test('of no rounds is empty', () => {
    expect(toEnergySeries([], 'rounds')).toEqual({ points: [], most: { left: 0, right: 0 }, present: [] });
  });
});

describe('marks', () => {
  const marks = toMarks(history, 'rounds', experiment, buildTopology(experiment.fleet));

  test('stand where the first changed round starts', () => {
    expect(marks).toEqual([{ round: 4, x: 3, label: 'INT8 set here' }]);
  });

  test('are worded from the newest back, where there is room', () => {
    const at = (x: number) => ({ round: x, x, label: '' });
    const [a, b, c] = [at(1), at(9), at(10)];
    expect([...labelled([a, b, c], 10, 0.3)]).toEqual([c, a]);
  });
});

describe('the fleet', () => {
  const poor = { 'device-1': { battery: 50, batteryVoltage: 1, activePower: 50_000, computeRate: 0.05 } };
  const fleet = { ...defaultExperiment.fleet, devicesPerGateway: 2, figures: { ...poor, 'device-2': { memory: 1 } } };
  const dying: Experiment = { ...defaultExperiment, rounds: 6, fleet };
  let run: History = [];
  beforeAll(async () => {
    run = await collect({ ...dying, power: { ...dying.power, batteryStart: 0.9 } });
  });

  test('is summed up with every absent device once', () => {
    for (const record of run) {
      const values = valuesOf(record);
      expect(absentStatuses.reduce((sum, absence) => sum + values[absence], 0)).toBe(values.absent);
      expect(values.absent + countWithStatus(record, 'trained')).toBe(values.devices);
      expect(values['out of memory']).toBe(1);
    }
  });

  test('has a curve for each reason that was ever there, and an axis that reaches their sum', () => {
    const { present, most } = toAbsenceSeries(run, 'rounds');
    expect(present).toContain('out of memory');
    expect(present).toContain('battery died');
    expect(present).not.toContain('offline');
    expect(most.left).toBe(Math.max(...run.map((record) => valuesOf(record).absent)));
  });

  test('is marked where its first device died', () => {
    const first = run.findIndex((record) => aliveCount(record) < 6);
    expect(first).toBeGreaterThanOrEqual(0);
    expect(toDeathMarks(run, 'rounds')).toEqual([
      { round: first + 1, x: first + 1, label: `first device died, round ${first + 1}` },
    ]);
    expect(toDeathMarks(history, 'rounds')).toEqual([]);
    expect(toBatterySeries(run, 'rounds').points.at(-1)).toMatchObject({ alive: 5, lowest: 0 });
  });
});
