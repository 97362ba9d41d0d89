import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseExperiment } from '../../experiment/parse-experiment.ts';
import { batteryCapacity } from '../../fleet/battery.ts';
import { buildTopology } from '../../fleet/topology.ts';
import {
  absencesOf,
  contributedOf,
  countWithStatus,
  durationOf,
  energyOfRound,
  type RoundRecord,
  sum,
} from '../../record/record.ts';
import { statuses } from '../../record/statuses.ts';
import { collect, noiseData } from '../../testing/collect.ts';
import type { Context, FamilyContext } from '../context.ts';
import { newQueue, schedule, takeNext } from '../event-queue.ts';
import { Recorder } from '../recorder.ts';
import type { Arrival } from '../run-state.ts';
import { tierPolicies } from '../synchrony.ts';
import { stepModel } from './cloud.ts';
import { stalenessWeight } from './staleness.ts';

const identical = { mix: ['raspberry-pi'], gatewaysPerFog: 2, devicesPerGateway: 3 };
const base = { data: noiseData, rounds: 4 };

describe('FedBuff', () => {
  it('with a buffer of all devices, all alike, is the synchronous round', async () => {
    // Each has links of its own, so that all updates arrive at once: over a shared link one comes after the other.
    const fleet = { mix: ['raspberry-pi'], fogs: 6, gatewaysPerFog: 1, devicesPerGateway: 1 };
    const sync = await collect({ ...base, fleet });
    const buffered = await collect({ ...base, fleet, aggregation: { mode: 'fed-buff', buffer: 6 } });
    for (const [round, record] of buffered.entries()) {
      expect(record.evaluation.loss).toBeCloseTo(sync[round].evaluation.loss, 6);
      expect(record.staleMean).toBe(0);
      expect(countWithStatus(record, 'trained')).toBe(6);
    }
  });

  it('does not wait for stragglers: versions come faster than synchronous rounds, and slow updates come stale', async () => {
    const sync = await collect({ ...base, rounds: 10 });
    const buffered = await collect({ ...base, rounds: 10, aggregation: { mode: 'fed-buff', buffer: 10 } });
    expect(buffered[9].end).toBeLessThan(sync[9].end / 3);
    expect(Math.max(...buffered.map((record) => record.staleMean))).toBeGreaterThan(0.5);
    expect(buffered.some((record) => countWithStatus(record, 'still working') > 0)).toBe(true);
  });

  it('gives the same records for the same seed, with a clock that never goes back', async () => {
    const settings = {
      ...base,
      rounds: 8,
      aggregation: { mode: 'fed-buff', buffer: 7 },
      compression: { device: { quantise: 'int8' } },
    };
    const records = await collect(settings);
    expect(await collect(settings)).toEqual(records);
    records.forEach((record, index) => {
      expect(record.end).toBeGreaterThanOrEqual(record.start);
      if (index > 0) expect(record.start).toBe(records[index - 1].end);
    });
  });
});

describe('FedAsync', () => {
  it('of one device with full mixing is the synchronous run', async () => {
    const one = { gatewaysPerFog: 1, devicesPerGateway: 1, mix: ['esp32'] };
    const sync = await collect({ ...base, fleet: one });
    const asynchronous = await collect({
      ...base,
      fleet: one,
      aggregation: { mode: 'fed-async', buffer: 1, mixing: 1 },
    });
    for (const [round, record] of asynchronous.entries()) {
      expect(record.evaluation.loss).toBeCloseTo(sync[round].evaluation.loss, 6);
      expect(record.staleMean).toBe(0);
    }
  });

  it('of identical devices: the n-th update of a version is n − 1 versions stale', async () => {
    const [record] = await collect({
      ...base,
      rounds: 1,
      fleet: identical,
      aggregation: { mode: 'fed-async', buffer: 6 },
    });
    expect(record.staleMean).toBeCloseTo((0 + 1 + 2 + 3 + 4 + 5) / 6, 9);
  });
});

describe('asynchronous energy and bytes', () => {
  it('counts what arrived, and every joule once: batteries lose what the records say', async () => {
    const records = await collect({ ...base, rounds: 12, aggregation: { mode: 'fed-buff', buffer: 5 } });
    // What a gateway sends a fog sends on, but for what is still on its way.
    const total = (bytes: (record: RoundRecord) => number) => records.reduce((all, record) => all + bytes(record), 0);
    const [fromGateways, fromFogs] = [total((r) => sum(r.gateways.bytesUp)), total((r) => sum(r.fogs.bytesUp))];
    expect(fromFogs).toBeGreaterThanOrEqual(12 * 5 * 7085);
    expect(fromGateways).toBeGreaterThanOrEqual(fromFogs);
    expect(fromGateways - fromFogs).toBeLessThanOrEqual(30 * 7085);
    const spent = records.reduce((total, record) => total + energyOfRound(record), 0);
    // ESP32, Arduino and Raspberry Pi in turn.
    const capacities = [2000, 1000, 5000].map((battery) => batteryCapacity({ battery, batteryVoltage: 3.7 }));
    const { batteryLeft } = records[11].devices;
    const lost = batteryLeft.reduce((total, left, row) => total + capacities[row % 3] - left, 0);
    expect(lost).toBeCloseTo(spent, 6);
  });

  it('goes on without a gateway that is switched off, and says who is missing', async () => {
    const settings = {
      ...base,
      rounds: 2,
      fleet: { off: ['gateway-1'] },
      aggregation: { mode: 'fed-buff', buffer: 20 },
    };
    const [record] = await collect(settings);
    expect(absencesOf(record).get('cut off')).toBe(10);
    expect(durationOf(record)).toBeGreaterThan(0);
  });

  it('closes a record when nobody can work', async () => {
    const records = await collect({ ...base, fleet: { mix: ['uno'] }, aggregation: { mode: 'fed-async' } });
    expect(records).toHaveLength(4);
    expect(countWithStatus(records[3], 'out of memory')).toBe(30);
  });
});

describe('staleness', () => {
  it('of nothing counts in full, and more counts ever less', () => {
    expect(stalenessWeight(0, 0.5)).toBe(1);
    expect(stalenessWeight(3, 0.5)).toBe(0.5);
    expect(stalenessWeight(9, 0)).toBe(1);
  });
});

describe('the event queue', () => {
  it('gives events in the order of time, and of adding at the same time', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5 })), (times) => {
        const queue = newQueue<{ time: number; index: number }>();
        for (const [index, time] of times.entries()) schedule(queue, time, { time, index });
        const taken = times.map(() => takeNext(queue));
        const sorted = times
          .map((time, index) => ({ time, index }))
          .sort((a, b) => a.time - b.time || a.index - b.index);
        expect(taken).toEqual(sorted);
        expect(takeNext(queue)).toBeUndefined();
      }),
    );
  });
});

describe('FedBuff’s step (Nguyen et al. 2022, Algorithm 1)', () => {
  const arrival = (change: number, samples: number, version: number) =>
    ({ update: { values: Float32Array.of(change), samples }, version, contributors: new Map() }) as unknown as Arrival;
  /** The model of one weight after a buffer of two updates: 3 from 30 samples, fresh, and 1 from 10, three versions old. */
  function stepped(aggregation: object): number {
    const experiment = parseExperiment({ aggregation: { mode: 'fed-buff', buffer: 2, ...aggregation } });
    const family = { state: { weights: Float32Array.of(0), version: 3 } } as FamilyContext;
    const recorder = new Recorder(buildTopology(experiment.fleet));
    stepModel({ experiment, recorder, policies: tierPolicies(experiment), combined: 0 } as Context, family, [
      arrival(3, 30, 3),
      arrival(1, 10, 0),
    ]);
    expect(family.state.version).toBe(4);
    return family.state.weights[0];
  }

  it('divides by the size of the buffer, and scales what is stale by 1 ÷ √(1 + τ)', () => {
    expect(stepped({})).toBeCloseTo((3 + 1 / 2) / 2, 6);
    expect(stepped({ stalenessExponent: 0 })).toBeCloseTo((3 + 1) / 2, 6);
  });

  it('weighs by samples where that is chosen', () => {
    expect(stepped({ bufferAggregator: 'samples' })).toBeCloseTo((30 * 3 + 10 * (1 / 2)) / 40, 6);
  });

  it('does not ask how synchronous rounds weigh', () => {
    expect(stepped({ upperAggregator: 'samples', gatewayAggregator: 'samples' })).toBe(
      stepped({ upperAggregator: 'uniform', gatewayAggregator: 'uniform' }),
    );
  });
});

describe('the most staleness', () => {
  // Devices of very different speed: the slow ones come back many versions later.
  const mixed = { ...base, fleet: { mix: ['raspberry-pi', 'lorawan'] }, rounds: 60 };

  it.each(['fed-async', 'fed-buff'])('drops what is older in %s, says so, and goes on', async (mode) => {
    const without = await collect({ ...mixed, aggregation: { mode, buffer: 5 } });
    expect(Math.max(...without.map(({ staleMean }) => staleMean))).toBeGreaterThan(1);
    const records = await collect({ ...mixed, aggregation: { mode, buffer: 5, maxStaleness: 1 } });
    expect(records).toHaveLength(60);
    expect(Math.max(...records.map(({ staleMean }) => staleMean))).toBeLessThanOrEqual(1);
    expect(records.some((record) => countWithStatus(record, 'too stale') > 0)).toBe(true);
    for (const record of records) expect(contributedOf(record)).toBeGreaterThan(0);
  });

  it('of 0 is no limit', async () => {
    const aggregation = { mode: 'fed-async', buffer: 5 };
    const plain = await collect({ ...mixed, aggregation });
    expect(await collect({ ...mixed, aggregation: { ...aggregation, maxStaleness: 0 } })).toEqual(plain);
    for (const record of plain) expect(countWithStatus(record, 'too stale')).toBe(0);
  });

  it('spends the energy and the bytes of what it drops, and error feedback keeps it', async () => {
    const compression = { device: { sparsify: 'top-k', keep: 0.1, feedback: true } };
    const settings = { ...mixed, compression, aggregation: { mode: 'fed-async', buffer: 5, maxStaleness: 1 } };
    const records = await collect(settings);
    const stale = records.flatMap(({ devices }) =>
      [...devices.status].flatMap((status, row) =>
        statuses[status] === 'too stale'
          ? [{ bytes: devices.bytesUp[row], residual: devices.residual[row], joules: devices.energyTransmit[row] }]
          : [],
      ),
    );
    expect(stale.length).toBeGreaterThan(0);
    for (const { bytes, residual, joules } of stale) {
      expect(bytes).toBeGreaterThan(0);
      expect(joules).toBeGreaterThan(0);
      expect(residual).toBeGreaterThan(0);
    }
  });

  it('never stalls a run: the first update after a version is fresh', async () => {
    const identicalFleet = { ...base, fleet: identical, rounds: 20 };
    const records = await collect({
      ...identicalFleet,
      aggregation: { mode: 'fed-async', buffer: 3, maxStaleness: 1 },
    });
    expect(records).toHaveLength(20);
    for (const record of records) {
      expect(contributedOf(record)).toBeGreaterThan(0);
      expect(durationOf(record)).toBeGreaterThan(0);
    }
  });
});
