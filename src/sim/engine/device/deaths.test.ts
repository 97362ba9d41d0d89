// Batteries that empty: joules are paid up to an event before it is handled, and a device that dies at work has done nothing that
// it did not finish.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openFederation } from '../../data/federation.ts';
import type { Change } from '../../experiment/edits.ts';
import { parseExperiment } from '../../experiment/parse-experiment.ts';
import { batteryCapacity } from '../../fleet/battery.ts';
import { buildTopology } from '../../fleet/topology.ts';
import { energyCauses, energyColumn, type RoundRecord } from '../../record/record.ts';
import { collect } from '../../testing/collect.ts';
import { anyRun } from '../../testing/random-experiments.ts';
import { deviceIn, fleetOf, noise100, statusesOf, TINY_MLP_BYTES, TINY_MLP_MACS } from '../../testing/small-fleet.ts';
import type { ObservedMessage } from '../messages/message-observer.ts';

/** Joules of a device in a record. */
const spentIn = (record: RoundRecord, number: number) =>
  energyCauses.reduce((total, cause) => total + deviceIn(record, number)[energyColumn[cause]], 0);

describe('a battery that empties while the device sleeps', () => {
  const fleet = fleetOf(1, 1, 2, { mix: ['lorawan', 'raspberry-pi'], figures: { 'device-2': { battery: 2000 } } });
  const selection = { policy: 'round-robin', fraction: 0.5 };
  const capacity = 2000 * 3.6 * 3.7 * 0.85;

  it.each(['fed-buff', 'fed-async'])('is empty when the cloud asks again, 21.4 hours later: %s', async (mode) => {
    expect(capacity / 0.5 / 3600).toBeCloseTo(12.58, 2);
    const records = await collect({ ...noise100, rounds: 2, aggregation: { mode, buffer: 2 }, selection, fleet });
    expect(records[0].end).toBeGreaterThan(12.58 * 3600);
    for (const record of records) {
      const { status, steps, bytesDown, energyCompute } = deviceIn(record, 2);
      expect({ status, steps, bytesDown, energyCompute }).toEqual({
        status: 'battery empty',
        steps: 0,
        bytesDown: 0,
        energyCompute: 0,
      });
    }
    expect(deviceIn(records[0], 2).energySleep).toBeCloseTo(capacity, 6);
    expect(spentIn(records[1], 2)).toBe(0);
  });

  it('is empty when the second synchronous round begins', async () => {
    const records = await collect({ ...noise100, rounds: 2, selection, fleet });
    expect(statusesOf(records, 2)).toEqual(['not selected', 'battery empty']);
    expect(deviceIn(records[0], 2).energySleep).toBeCloseTo(capacity, 6);
  });
});

// 0.5 mAh × 3.6 × 3.7 V × 0.85 × 1 %: less than the 80 mJ that it takes to wake the radio.
const weak = { 'device-1': { battery: 0.5 } };
const charged = { batteryStart: 0.01, charging: 'mains', chargePower: 20, interval: 60 };
const pair = fleetOf(1, 1, 2, { mix: ['esp32'], figures: weak });
const nothing = { status: 'battery died', steps: 0, macs: 0, bytesDown: 0, bytesUp: 0, energyCompute: 0 };
const worked = ({ status, steps, macs, bytesDown, bytesUp, energyCompute }: ReturnType<typeof deviceIn>) => ({
  status,
  steps,
  macs,
  bytesDown,
  bytesUp,
  energyCompute,
});

describe('a device that dies in its download', () => {
  it.each([
    ['sync', 1],
    ['fed-buff', 1],
    ['fed-async', 1],
    ['by-tier', 1],
  ])('has trained nothing and received nothing: %s', async (mode, buffer) => {
    const [record] = await collect({
      ...noise100,
      rounds: 1,
      aggregation: { mode, buffer },
      power: { ...charged, charging: 'none' },
      fleet: pair,
    });
    expect(worked(deviceIn(record, 1))).toEqual(nothing);
    expect(spentIn(record, 1)).toBeCloseTo(0.01 * 0.5 * 3.6 * 3.7 * 0.85, 9);
    expect(deviceIn(record, 1).batteryLeft).toBe(0);
    expect(deviceIn(record, 2)).toMatchObject({ steps: 7, macs: TINY_MLP_MACS, bytesDown: TINY_MLP_BYTES });
  });

  it('sends in the next round what it learns there, and nothing of what it never computed', async () => {
    const settings = (feedback: boolean) =>
      parseExperiment({ ...noise100, rounds: 3, compression: { device: { feedback } }, power: charged, fleet: pair });
    const messagesOf = async (feedback: boolean) => {
      const messages: ObservedMessage[] = [];
      await collect(settings(feedback), { onMessage: (message) => messages.push(message) });
      return messages.filter(({ node }) => node === 'device-1');
    };
    const up = (messages: readonly ObservedMessage[]) => messages.filter(({ direction }) => direction === 'up');
    const [held, plain] = [await messagesOf(true), await messagesOf(false)];
    expect(up(held).map(({ round }) => round)).toEqual([2, 3]);
    // 32-bit floats lose nothing: error feedback has nothing to add to an update.
    expect(up(held).map(({ before }) => before)).toEqual(up(plain).map(({ before }) => before));
    // The trivial learner moves half-way from the model that it received to its target.
    const [model] = held.filter(({ round, direction }) => round === 2 && direction === 'down');
    const { data } = await openFederation(settings(true), async () => Promise.reject(new Error('It reads no file.')));
    const target = data.get(1)?.features[0] ?? Number.NaN;
    const norm = Math.hypot(...model.before.map((weight, i) => (target * Math.sin(i) - weight) / 2));
    expect(Math.hypot(...up(held)[0].before)).toBeCloseTo(norm, 4);
    expect(norm).toBeCloseTo(20.08, 2);
  });
});

describe('a device that died', () => {
  /** Of a turn: 7,085 B at 1 Mbit/s each way, 508,800 multiply-accumulates at 100 million a second, 10 ms of latency twice. */
  const onAir = (8 * TINY_MLP_BYTES) / 1e6;
  const turn = 0.32 * onAir + 0.66 * onAir + 2 * 0.08 + (0.165 * TINY_MLP_MACS) / 100e6 + 0.015 * 0.02;

  it.each([
    ['fed-buff', 1],
    ['fed-async', 1],
  ])('is asked again when its battery holds a whole turn, not before: %s', async (mode, buffer) => {
    const records = await collect({
      ...noise100,
      rounds: 90,
      aggregation: { mode, buffer },
      power: charged,
      fleet: pair,
    });
    const statuses = statusesOf(records, 1);
    const again = statuses.findIndex((status, at) => at > 0 && status !== 'battery empty');
    expect(statuses[0]).toBe('battery died');
    expect(statuses.slice(1, again).every((status) => status === 'battery empty')).toBe(true);
    // Its charger gives 20 mW from the beginning.
    const needed = turn - 0.01 * 0.5 * 3.6 * 3.7 * 0.85 + spentIn(records[0], 1);
    expect(needed / 0.02).toBeGreaterThan(10);
    expect(records[again].end).toBeGreaterThan(needed / 0.02 - 1);
    expect(records[again].start).toBeLessThan(needed / 0.02 + 1);
    // It finishes that turn.
    expect(['trained', 'still working']).toContain(statuses[again]);
    expect(statuses.slice(again).find((status) => status !== 'still working')).toMatch(/trained|arrived/);
  });

  it('is asked again in synchronous rounds when its battery holds a whole turn', async () => {
    const rounds = { ...noise100, rounds: 12, power: { ...charged, interval: 0 }, fleet: pair };
    // The other device takes 2 s a round.
    const figures = { ...weak, 'device-2': { uplink: 30 } };
    const records = await collect({ ...rounds, fleet: { ...pair, figures } });
    const statuses = statusesOf(records, 1);
    expect(statuses[0]).toBe('battery died');
    const again = statuses.indexOf('trained');
    expect(statuses.slice(1, again)).toEqual(new Array(again - 1).fill('battery empty'));
    expect(records[again].start).toBeGreaterThanOrEqual((turn - 1e-9) / 0.02);
    expect(records[again - 1].start).toBeLessThan((turn + 0.001) / 0.02);
  });

  it('and that no charger fills is never asked again, nor is one whose battery cannot hold a turn', async () => {
    for (const power of [{ batteryStart: 0.01 }, charged]) {
      const figures = { 'device-1': { battery: power === charged ? 0.02 : 0.5 } };
      const records = await collect({
        ...noise100,
        rounds: 40,
        aggregation: { mode: 'fed-buff', buffer: 1 },
        power,
        fleet: { ...pair, figures },
      });
      expect(
        statusesOf(records, 1)
          .slice(1)
          .every((status) => status === 'battery empty'),
      ).toBe(true);
    }
  });
});

describe('a sleeping device’s battery', () => {
  // 56.6 mJ at 80 mW net last for 0.708 s; then it is off, and charges at 20 mW.
  const figures = { 'device-1': { battery: 0.5, memory: 1, sleepPower: 100 } };
  const start = 0.01 * 0.5 * 3.6 * 3.7 * 0.85;

  it.each([10, 1000, 100_000])(
    'does not depend on how much happens elsewhere: another one at %d kbit/s',
    async (rate) => {
      const other = { 'device-2': { uplink: rate, downlink: rate } };
      const records = await collect({
        ...noise100,
        rounds: 10,
        aggregation: { mode: 'fed-buff', buffer: 1 },
        power: { ...charged, interval: 0 },
        fleet: { ...pair, figures: { ...figures, ...other } },
      });
      const { end } = records[9];
      const empties = Math.min(end, start / (0.1 - 0.02));
      const slept = records.reduce((total, record) => total + deviceIn(record, 1).energySleep, 0);
      expect(slept).toBeCloseTo(0.1 * empties, 6);
      expect(deviceIn(records[9], 1).batteryLeft).toBeCloseTo(start + 0.02 * end - slept, 6);
    },
  );

  it('that its charger outweighs does not empty at work', async () => {
    const power = { ...charged, chargePower: 20_000 };
    const [record] = await collect({ ...noise100, rounds: 1, power, fleet: pair });
    expect(deviceIn(record, 1)).toMatchObject({ status: 'trained', bytesUp: TINY_MLP_BYTES });
  });
});

const charges: readonly Change[] = [
  { path: 'power.batteryStart', value: 0.01 },
  { path: 'power.interval', value: 86_400 },
  { path: 'aggregation.mode', value: 'fed-buff' },
  { path: 'aggregation.mode', value: 'by-tier' },
];

describe('in any experiment', () => {
  it('no battery is below nothing or above what it holds, and none that is empty pays for anything', async () => {
    await fc.assert(
      fc.asyncProperty(anyRun(charges), async ({ experiment }) => {
        const { devices } = buildTopology(experiment.fleet);
        const records = await collect(experiment);
        const start = experiment.power.batteryStart;
        let before = devices.map(({ figures }) => start * batteryCapacity(figures));
        for (const record of records) {
          for (const [row, { number, figures }] of devices.entries()) {
            const capacity = batteryCapacity(figures);
            const { batteryLeft } = deviceIn(record, number);
            expect(batteryLeft).toBeGreaterThanOrEqual(0);
            expect(batteryLeft).toBeLessThanOrEqual(capacity);
            if (experiment.power.charging !== 'none' || !Number.isFinite(capacity)) continue;
            // Every joule that the record shows came out of the battery, and nothing else did.
            expect(before[row] - batteryLeft).toBeCloseTo(spentIn(record, number), 5);
          }
          before = devices.map(({ number }) => deviceIn(record, number).batteryLeft);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('a device whose battery is empty and that nothing charges does nothing any more', async () => {
    await fc.assert(
      fc.asyncProperty(anyRun(charges), async ({ experiment }) => {
        const power = { ...experiment.power, charging: 'none' };
        const records = await collect(parseExperiment({ ...experiment, power }));
        for (const [at, record] of records.slice(1).entries()) {
          for (const number of record.devices.number) {
            if (deviceIn(records[at], number).batteryLeft > 0) continue;
            const { steps, bytesDown, bytesUp, status } = deviceIn(record, number);
            expect([steps, bytesDown, bytesUp, spentIn(record, number)]).toEqual([0, 0, 0, 0]);
            // An update that had left it may still arrive.
            expect(status).not.toBe('trained');
          }
        }
      }),
      { numRuns: 25 },
    );
  });
});
