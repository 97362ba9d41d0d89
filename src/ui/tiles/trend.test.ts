import { describe, expect, test } from 'vitest';
import { defaultExperiment } from '../../sim/experiment/experiment.ts';
import { collect } from '../../sim/testing/collect.ts';
import { directionOf, sparkPoints, toTrend } from './trend.ts';

const history = await collect({
  ...defaultExperiment,
  rounds: 40,
  fleet: { ...defaultExperiment.fleet, gatewaysPerFog: 1, devicesPerGateway: 1 },
});

describe('a trend', () => {
  test('compares with five rounds earlier, over the last thirty', () => {
    const { values, change, over } = toTrend(history, ({ round }) => round);
    expect(values).toHaveLength(30);
    expect([change, over]).toEqual([5, 5]);
  });

  test('compares with the first round while there are fewer', () => {
    expect(toTrend(history.slice(0, 3), ({ round }) => round)).toMatchObject({ change: 2, over: 2 });
    expect(toTrend(history.slice(0, 1), ({ round }) => round).change).toBeNull();
    expect(toTrend([], ({ round }) => round).values).toEqual([]);
  });

  test('is level where the change is lost in the digits', () => {
    expect([directionOf(0.1, 1), directionOf(-0.1, 1), directionOf(1e-5, 1)]).toEqual(['up', 'down', 'level']);
  });
});

test('a sparkline spans its box; a level one lies in the middle', () => {
  expect(sparkPoints([0, 5, 10], 40, 20)).toBe('0.0,20.0 20.0,10.0 40.0,0.0');
  expect(sparkPoints([2, 2], 40, 20)).toBe('0.0,10.0 40.0,10.0');
});

test('what is no number is left out of a trend', () => {
  const losses = [1, Number.NaN, Number.POSITIVE_INFINITY, 3];
  expect(sparkPoints(losses, 30, 20)).toBe('0.0,20.0 30.0,0.0');
  const diverged = history.slice(0, 4);
  expect(toTrend(diverged, ({ round }) => (round === 4 ? Number.NaN : 1)).change).toBeNull();
});

test('a sparkline does not magnify the noise of floating point', () => {
  expect(sparkPoints([1.2199999999999998, 1.22, 1.2200000000000002], 40, 20)).toBe('0.0,10.0 20.0,10.0 40.0,10.0');
});
