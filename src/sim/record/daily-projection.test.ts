import { describe, expect, it } from 'vitest';
import { parseExperiment } from '../experiment/parse-experiment.ts';
import { batteryCapacity } from '../fleet/battery.ts';
import { buildTopology } from '../fleet/topology.ts';
import { collect, noiseData } from '../testing/collect.ts';
import { deviceDailyProjection, fleetDailyProjection } from './daily-projection.ts';
import { bytesDownOf, bytesUpOf, energyCauses, energyColumn, type RoundRecord } from './record.ts';

const settings = (power: object, more: object = {}) => ({
  data: noiseData,
  rounds: 3,
  fleet: { gatewaysPerFog: 1, devicesPerGateway: 2, mix: ['esp32-datasheet', 'nb-iot'] },
  power,
  ...more,
});
const joulesOf = ({ devices }: RoundRecord, row: number) =>
  energyCauses.reduce((total, cause) => total + devices[energyColumn[cause]][row], 0);

const hourly = settings({ interval: 3600 });
const experiment = parseExperiment(hourly);
const { devices } = buildTopology(experiment.fleet);

describe('a fleet that trains every hour', () => {
  it('sends 24 times a round’s bytes a day', async () => {
    const records = await collect(hourly);
    const day = fleetDailyProjection(records.slice(0, 1), experiment, buildTopology(experiment.fleet));
    expect(day?.bytesUp).toBeCloseTo(24 * bytesUpOf(records[0]), 6);
    expect(day?.bytesDown).toBeCloseTo(24 * bytesDownOf(records[0]), 6);
    expect(deviceDailyProjection(records.slice(0, 1), experiment, devices[0])?.bytesUp).toBeCloseTo(
      24 * records[0].devices.bytesUp[0],
      6,
    );
  });

  it('lives as long as its battery’s joules last at the mean power of its rounds and of the sleep between them', async () => {
    const records = await collect(hourly);
    for (const [row, device] of devices.entries()) {
      const joules = joulesOf(records[1], row) + joulesOf(records[2], row);
      const watts = joules / (records[2].end - records[0].end);
      const days = batteryCapacity(device.figures) / watts / 86_400;
      expect(deviceDailyProjection(records, experiment, device)?.lifetime).toBeCloseTo(days, 9);
      // The first round has had no sleep before it: its own is added.
      const sleep = (device.figures.sleepPower / 1000) * (3600 - (records[0].end - records[0].start));
      const fromFirst = batteryCapacity(device.figures) / ((joulesOf(records[0], row) + sleep) / 3600) / 86_400;
      expect(deviceDailyProjection(records.slice(0, 1), experiment, device)?.lifetime).toBeCloseTo(fromFirst, 9);
    }
  });

  it('is projected from the rounds since the last live change only', async () => {
    const records = await collect(hourly);
    const change = { path: 'compression.device.quantise', value: 'int8' };
    const changed = records.map((record, index) => (index === 2 ? { ...record, changes: [change] } : record));
    const hours = (records[2].end - records[1].end) / 3600;
    const halved = changed.map((record, index) =>
      index < 2
        ? record
        : { ...record, devices: { ...record.devices, bytesUp: record.devices.bytesUp.map(() => 100) } },
    );
    expect(deviceDailyProjection(halved, experiment, devices[0])?.bytesUp).toBeCloseTo((24 * 100) / hours, 6);
  });

  it('is as long-lived as the first device whose battery is empty', async () => {
    const records = await collect(hourly);
    const days = devices.map((device) => deviceDailyProjection(records, experiment, device)?.lifetime ?? Number.NaN);
    const fleet = fleetDailyProjection(records, experiment, buildTopology(experiment.fleet));
    expect(fleet?.lifetime).toBe(Math.min(...days));
    expect(fleet?.first).toBe(devices[days.indexOf(Math.min(...days))].id);
  });

  it('is the lifetime that the run itself shows', async () => {
    // A battery of so few mAh that it is empty within the run.
    const small = settings(
      { interval: 3600 },
      {
        rounds: 200,
        fleet: {
          gatewaysPerFog: 1,
          devicesPerGateway: 1,
          mix: ['esp32-datasheet'],
          figures: { 'device-1': { battery: 1 } },
        },
      },
    );
    const wanted = parseExperiment(small);
    const records = await collect(small);
    const end = records.find(({ devices: { batteryShare } }) => batteryShare[0] === 0)?.end ?? Number.NaN;
    const [device] = buildTopology(wanted.fleet).devices;
    const projected = deviceDailyProjection(records.slice(0, 3), wanted, device)?.lifetime ?? Number.NaN;
    expect(Math.abs(end / 86_400 - projected)).toBeLessThan(1 / 24 + 0.02 * projected);
  });
});

describe('no projection', () => {
  it('is made before the first round, without an interval, or of asynchronous rounds', async () => {
    expect(deviceDailyProjection([], experiment, devices[0])).toBeNull();
    const records = await collect(settings({}));
    expect(deviceDailyProjection(records, parseExperiment(settings({})), devices[0])).toBeNull();
    const buffered = parseExperiment(settings({ interval: 3600 }, { aggregation: { mode: 'fed-buff' } }));
    expect(fleetDailyProjection(records, buffered, buildTopology(buffered.fleet))).toBeNull();
  });

  it('of a lifetime is made on mains; the bytes are known all the same', async () => {
    const mains = settings(
      { interval: 3600 },
      { fleet: { devicesPerGateway: 1, gatewaysPerFog: 1, mix: ['pi-4'], figures: { 'device-1': { battery: 0 } } } },
    );
    const wanted = parseExperiment(mains);
    const topology = buildTopology(wanted.fleet);
    const records = await collect(mains);
    expect(topology.devices[0].figures.battery).toBe(0);
    expect(fleetDailyProjection(records, wanted, topology)).toMatchObject({ lifetime: null, first: null });
    expect(fleetDailyProjection(records, wanted, topology)?.bytesUp).toBeGreaterThan(0);
  });
});
