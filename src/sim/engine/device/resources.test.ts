// What every resource in a profile does to a round, by the formulas; with a trivial learner.

import { describe, expect, it } from 'vitest';
import {
  absencesOf,
  aliveCount,
  bytesDownOf,
  countWithStatus,
  durationOf,
  energyOfCause,
  energyOfRound,
  type RoundRecord,
  sum,
} from '../../record/record.ts';
import { statuses } from '../../record/statuses.ts';
import { collect, noiseData } from '../../testing/collect.ts';

const base = { data: noiseData, rounds: 3 };
const statusOf = ({ devices }: RoundRecord, number: number) => statuses[devices.status[devices.number.indexOf(number)]];

describe('memory', () => {
  it('is rescued by checkpointing: the 32 KB board trains TinyMLP at batch 32 with it, and not without', async () => {
    const training = { batchSize: 32 };
    const [without] = await collect({ ...base, training });
    const [rescued] = await collect({ ...base, training: { ...training, checkpointing: true } });
    expect(countWithStatus(without, 'out of memory')).toBe(10);
    expect(countWithStatus(rescued, 'trained')).toBe(30);
    expect(energyOfCause(rescued, 'compute')).toBeGreaterThan(energyOfCause(without, 'compute'));
    expect(rescued.devices.macs[0] / without.devices.macs[0]).toBeCloseTo(4 / 3, 9);
  });
});

describe('storage', () => {
  const tiny = (free: number) => ({ storage: free / 1024, firmware: 0 });
  const need = 7060 + 100 * 65;

  it('that is a byte too small keeps a device out, and costs it only sleep', async () => {
    const figures = { 'device-1': tiny(need - 1), 'device-2': tiny(need) };
    const [record] = await collect({ ...base, rounds: 1, fleet: { figures } });
    expect([statusOf(record, 1), statusOf(record, 2)]).toEqual(['out of storage', 'trained']);
    expect(absencesOf(record)).toEqual(new Map([['out of storage', 1]]));
    expect([record.devices.storage[0], record.devices.storage[1]]).toEqual([need, need]);
    expect(record.devices.storageShare[1]).toBe(1);
    expect(record.devices.bytesDown[0] + record.devices.energyCompute[0] + record.devices.energyIdle[0]).toBe(0);
  });

  it('counts in asynchronous rounds too', async () => {
    const figures = { 'device-1': tiny(need - 1) };
    const aggregation = { mode: 'fed-buff', buffer: 29 };
    const [record] = await collect({ ...base, rounds: 1, fleet: { figures }, aggregation });
    expect(statusOf(record, 1)).toBe('out of storage');
  });

  it('holds error feedback’s residual, so that it may be too small for that alone', async () => {
    const figures = { 'kind:arduino': tiny(need + 7000) };
    const lossy = (feedback: boolean) => ({ device: { sparsify: 'top-k', feedback } });
    const [without] = await collect({ ...base, rounds: 1, fleet: { figures }, compression: lossy(false) });
    const [kept] = await collect({ ...base, rounds: 1, fleet: { figures }, compression: lossy(true) });
    expect(countWithStatus(without, 'trained')).toBe(30);
    expect(countWithStatus(kept, 'out of storage')).toBe(10);
  });

  it('lets a device in when pruning has made the model small enough, synchronous or not', async () => {
    const figures = { 'device-1': tiny(need - 3000) };
    const pruning = { sparsity: 0.9, begin: 2, ramp: 0 };
    for (const aggregation of [{}, { mode: 'fed-buff', buffer: 29 }]) {
      const records = await collect({ ...base, rounds: 2, fleet: { figures }, pruning, aggregation });
      expect(statusOf(records[0], 1)).toBe('out of storage');
      expect(['trained', 'still working']).toContain(statusOf(records[1], 1));
    }
  });

  it('is checked for a device that is added during the run', async () => {
    const fleet = { figures: { 'kind:uno': { memory: 64, storage: 16 } } };
    const added = [{ id: 'device-31', parent: 'gateway-1', profile: 'uno' }];
    const changes = [{ path: 'fleet.added', value: added }];
    const records = await collect({ ...base, fleet }, { edits: [{ round: 2, changes }] });
    expect(statusOf(records[1], 31)).toBe('out of storage');
  });
});

describe('batteries', () => {
  it('empty twice as fast when they hold half as much', async () => {
    const dies = async (battery: number) => {
      const figures = { 'kind:esp32': { battery, idlePower: 20_000 } };
      const records = await collect({ ...base, rounds: 360, fleet: { mix: ['esp32'], devicesPerGateway: 1, figures } });
      return records.findIndex((record) => aliveCount(record) < 3);
    };
    const [full, half] = [await dies(50), await dies(25)];
    expect(half).toBeGreaterThan(0);
    expect(Math.abs(full - 2 * half)).toBeLessThanOrEqual(2);
  });

  it('that empty while training send nothing, and their joules are counted', async () => {
    const poor = { 'device-1': { battery: 50, batteryVoltage: 1, activePower: 50_000, computeRate: 0.05 } };
    const [record] = await collect({ ...base, rounds: 1, power: { batteryStart: 0.5 }, fleet: { figures: poor } });
    expect(statusOf(record, 1)).toBe('battery died');
    expect(record.devices.bytesUp[0]).toBe(0);
    // It waited for the model before, which took charge too.
    const { energyCompute, energyReceive, energyWake, energyIdle } = record.devices;
    const spent = sum([energyCompute[0], energyReceive[0], energyWake[0], energyIdle[0]]);
    expect(spent).toBeCloseTo(0.5 * 50 * 3.6 * 0.85, 6);
    expect(record.gateways.received[0]).toBe(9);
  });

  it('pay for the sleep between rounds, and are filled by a charger', async () => {
    const fleet = { mix: ['esp32'], figures: { 'kind:esp32': { battery: 100 } } };
    const hourly = { interval: 3600, batteryStart: 0.5 };
    const [first, second] = await collect({ ...base, fleet, power: hourly });
    expect(second.start - first.start).toBe(3600);
    // Deep sleep for an hour less the round: 33 µW.
    expect(second.devices.energySleep[0]).toBeCloseTo(33e-6 * (3600 - durationOf(first)), 9);
    const charged = await collect({ ...base, fleet, power: { ...hourly, charging: 'mains' } });
    expect(charged[2].devices.batteryShare[0]).toBeGreaterThan(0.999);
  });

  it('last for the rounds that the stretch schedule is asked for, where the fixed one dies early', async () => {
    const fleet = {
      mix: ['esp32'],
      devicesPerGateway: 2,
      figures: { 'kind:esp32': { battery: 50, activePower: 20_000 } },
    };
    const run = (schedule: string) =>
      collect({
        ...base,
        rounds: 60,
        training: { localEpochs: 20 },
        fleet,
        power: { schedule, targetRounds: 60, batteryStart: 0.2 },
      });
    expect(aliveCount((await run('fixed'))[59])).toBe(0);
    expect(aliveCount((await run('stretch'))[58])).toBe(6);
  });
});

describe('closing', () => {
  it('at the deadline drops what comes later; its energy was spent all the same', async () => {
    const [plain] = await collect({ ...base, rounds: 1 });
    const power = { interval: 100 };
    const records = await collect({ ...base, rounds: 2, power, selection: { closes: true, deadline: 0.5 } });
    const [closed] = records;
    expect(countWithStatus(closed, 'late')).toBe(10);
    expect(countWithStatus(closed, 'trained')).toBe(20);
    expect(durationOf(closed)).toBeLessThan(durationOf(plain));
    // Who is late goes on sending after the round: its joules are in the records in which they are spent.
    const transmitted = (record: RoundRecord, row: number) => record.devices.energyTransmit[row];
    const late = [...closed.devices.status].flatMap((status, row) => (statuses[status] === 'late' ? [row] : []));
    for (const row of late) {
      const spent = records.map((record) => transmitted(record, row));
      expect(spent[0]).toBeLessThan(transmitted(plain, row));
      // The second record has the rest of the first turn, and the same beginning of the next.
      expect(spent[1]).toBeCloseTo(transmitted(plain, row), 9);
    }
    expect(absencesOf(closed)).toEqual(new Map([['late', 10]]));
  });

  it('at the goal count takes the first that come, with over-selection', async () => {
    const selection = { policy: 'random', fraction: 0.5, overSelect: 0.4 };
    const [record] = await collect({ ...base, rounds: 1, selection });
    expect(countWithStatus(record, 'trained') + countWithStatus(record, 'late')).toBe(21);
    expect(countWithStatus(record, 'trained')).toBe(15);
    expect(countWithStatus(record, 'not selected')).toBe(9);
  });
});

describe('switches and paths', () => {
  it('a dead gateway cuts its devices off, the round goes on, and reviving it brings them back', async () => {
    const changes: Record<number, unknown> = { 2: ['gateway-2'], 3: [] };
    let round = 0;
    const takeChanges = () => (changes[++round] ? [{ path: 'fleet.off', value: changes[round] }] : []);
    const records = await collect({ ...base, rounds: 3 }, { takeChanges });
    expect(records.map((record) => countWithStatus(record, 'trained'))).toEqual([30, 20, 30]);
    expect(absencesOf(records[1])).toEqual(new Map([['cut off', 10]]));
  });

  it('a device or its link can be switched off', async () => {
    const [record] = await collect({ ...base, rounds: 1, fleet: { off: ['device-3', 'link:device-4'] } });
    expect([statusOf(record, 3), statusOf(record, 4), countWithStatus(record, 'trained')]).toEqual([
      'switched off',
      'cut off',
      28,
    ]);
    expect(energyOfRound({ ...record }) > 0 && record.devices.energySleep[2]).toBe(0);
  });

  it('a cached model is served while the way up is cut, and what cannot be passed on is lost', async () => {
    const cut = { 2: [{ path: 'fleet.off', value: ['link:gateway-1'] }] } as Record<
      number,
      { path: string; value: unknown }[]
    >;
    const run = async (cache: boolean) => {
      let round = 0;
      return collect({ ...base, rounds: 2, network: { cache } }, { takeChanges: () => cut[++round] ?? [] });
    };
    const [, cached] = await run(true);
    expect(absencesOf(cached)).toEqual(new Map([['lost above', 10]]));
    expect(cached.devices.energyTransmit[0]).toBeGreaterThan(0);
    const [, uncached] = await run(false);
    expect(absencesOf(uncached)).toEqual(new Map([['cut off', 10]]));
  });

  it('a cache saves the upper links a copy for each device', async () => {
    const [[cached], [uncached]] = await Promise.all([collect(base), collect({ ...base, network: { cache: false } })]);
    const size = 7085;
    expect(bytesDownOf(cached)).toBe(size * (30 + 3 + 1));
    expect(bytesDownOf(uncached)).toBe(size * (30 + 30 + 30));
    expect(durationOf(uncached)).toBeGreaterThan(durationOf(cached));
  });

  it('availability and traces vary over the clock, and are the same for the same seed', async () => {
    const network = { availability: 'random', meanOn: 600, meanOff: 600, trace: 'jitter' };
    const settings = { ...base, rounds: 20, network, power: { interval: 600 } };
    const records = await collect(settings);
    const offline = records.map((record) => countWithStatus(record, 'offline'));
    expect(Math.max(...offline)).toBeGreaterThan(Math.min(...offline));
    expect(await collect(settings)).toEqual(records);
  });
});

describe('periods (HierFAVG)', () => {
  it('above 1 train more for one trip to the cloud', async () => {
    const [plain] = await collect({ ...base, rounds: 1 });
    const [longer] = await collect({ ...base, rounds: 1, aggregation: { gatewayRounds: 3, fogRounds: 2 } });
    expect(longer.devices.steps[0]).toBe(6 * plain.devices.steps[0]);
    expect(sum(longer.devices.bytesUp)).toBe(6 * sum(plain.devices.bytesUp));
    expect(sum(longer.gateways.bytesUp)).toBe(2 * sum(plain.gateways.bytesUp));
    expect(sum(longer.fogs.bytesUp)).toBe(sum(plain.fogs.bytesUp));
    expect(durationOf(longer)).toBeGreaterThan(5 * durationOf(plain) * 0.9);
  });

  it('of 1 are the plain round: five gateway rounds of one device equal five plain rounds', async () => {
    const same = { ...base, fleet: { gatewaysPerFog: 1, devicesPerGateway: 1 }, training: {} };
    const five = await collect({ ...same, rounds: 5 });
    const [once] = await collect({ ...same, rounds: 1, aggregation: { gatewayRounds: 5 } });
    expect(once.evaluation.loss).toBeCloseTo(five[4].evaluation.loss, 5);
  });
});
