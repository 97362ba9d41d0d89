import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseExperiment } from '../../experiment/parse-experiment.ts';
import { buildTopology } from '../../fleet/topology.ts';
import { activities, durationOf, type RoundRecord, sum } from '../../record/record.ts';
import { statuses } from '../../record/statuses.ts';
import { selections } from '../../selection/index.ts';
import { collect, noiseData } from '../../testing/collect.ts';

const base = { data: noiseData, rounds: 4, fleet: { gatewaysPerFog: 2, devicesPerGateway: 3 } };
const byTier = (gatewayWaits: string, fogWaits: string, cloudWaits: string, own: object = {}) => ({
  mode: 'by-tier',
  gatewayWaits,
  fogWaits,
  cloudWaits,
  ...own,
});
const runWith = (aggregation: object, own: object = {}): Promise<RoundRecord[]> =>
  collect(parseExperiment({ ...base, ...own, aggregation }));
const changesOf = ({ changes: _, ...record }: RoundRecord) => record;

describe('modes are settings of the tiers', () => {
  it('barriers at every tier are the synchronous run', async () => {
    const sync = await runWith({ mode: 'sync' });
    const same = await runWith(byTier('barrier', 'barrier', 'barrier'));
    expect(same.map(changesOf)).toEqual(sync.map(changesOf));
  });

  it('relay, relay, buffer is FedBuff', async () => {
    const buffered = await runWith({ mode: 'fed-buff', buffer: 4 });
    expect(await runWith(byTier('relay', 'relay', 'buffer', { buffer: 4 }))).toEqual(buffered);
  });

  it('updates that are passed on to a cloud that waits make the same model as averages of averages', async () => {
    const sync = await runWith({ mode: 'sync' });
    for (const aggregation of [
      byTier('relay', 'relay', 'barrier'),
      byTier('relay', 'barrier', 'barrier'),
      byTier('barrier', 'relay', 'barrier'),
      byTier('buffer', 'relay', 'barrier', { gatewayBuffer: 2 }),
      byTier('buffer', 'buffer', 'barrier', { gatewayBuffer: 1, fogBuffer: 2 }),
    ]) {
      const records = await runWith(aggregation);
      for (const [round, { evaluation, devices }] of records.entries()) {
        expect(evaluation.loss).toBeCloseTo(sync[round].evaluation.loss, 6);
        expect(devices.status).toEqual(sync[round].devices.status);
      }
    }
  });
});

describe('gateways that wait under a cloud that does not', () => {
  const slowGateway = { fleet: { ...base.fleet, mix: ['raspberry-pi'], figures: { 'device-1': { computeRate: 1 } } } };
  const aggregation = byTier('barrier', 'relay', 'buffer', { buffer: 2 });

  it('each step takes whole gateways, and a gateway with a slow device holds up only its own', async () => {
    const sync = await runWith({ mode: 'sync' }, slowGateway);
    const records = await runWith(aggregation, { ...slowGateway, rounds: 20 });
    expect(records[19].end).toBeLessThan((sync[0].end * 20) / 3);
    const messages = records.reduce((all, { gateways }) => all + sum(gateways.bytesUp), 0) / 7085;
    const updates = records.reduce((all, { devices }) => all + sum(devices.bytesUp), 0) / 7085;
    expect(updates / messages).toBeGreaterThan(2);
    expect(Math.max(...records.map(({ staleMean }) => staleMean))).toBeGreaterThan(0);
  });

  it('a gateway is not asked again before its report has arrived', async () => {
    const records = await runWith(byTier('barrier', 'relay', 'buffer', { buffer: 1 }), { ...slowGateway, rounds: 30 });
    // The slow device's gateway: no more updates of its fast siblings than its own rounds.
    const trained = (row: number) => records.filter(({ devices }) => devices.steps[row] > 0).length;
    expect(Math.abs(trained(1) - trained(0))).toBeLessThanOrEqual(1);
    expect(trained(4)).toBeGreaterThan(2 * trained(1));
  });
});

describe('what a semi-asynchronous record says', () => {
  const fleet = { ...base.fleet, mix: ['raspberry-pi'], figures: { 'device-1': { computeRate: 0.05 } } };
  const experiment = { fleet };
  const waiting = byTier('barrier', 'relay', 'buffer', { buffer: 1 });

  it('how many averages the cloud took, and of how many updates', async () => {
    for (const { cloudReceived, cloudUpdates, gateways } of await runWith(waiting, experiment)) {
      expect(cloudReceived).toBe(1);
      expect(cloudUpdates).toBe(3);
      expect(Array.from(gateways.buffered)).toEqual([0, 0]);
    }
  });

  it('who waits for the slow device of its gateway, and from when', async () => {
    const records = await runWith(waiting, { ...experiment, rounds: 6 });
    const fourth = records[3];
    const statusOf = (row: number) => statuses[fourth.devices.status[row]];
    expect([0, 1, 2].map(statusOf)).toEqual(['still working', 'waits for others', 'waits for others']);
    expect([3, 4, 5].map(statusOf)).toEqual(['trained', 'trained', 'trained']);
    // It waits through all of the record, and pays idle power for it.
    const { lane, activity, start, end } = fourth.timeline;
    const waits = [...lane.keys()].filter((bar) => lane[bar] === 1 && activities[activity[bar]] === 'wait');
    expect(waits.map((bar) => start[bar])).toEqual([0]);
    expect(end[waits[0]]).toBeCloseTo(durationOf(fourth), 12);
    expect(fourth.devices.energyIdle[1]).toBeGreaterThan(0);
    expect(fourth.devices.energySleep[1]).toBe(0);
  });

  it('bars of waiting and idle joules agree, and no bar of a device crosses another', async () => {
    const records = await runWith(waiting, { ...experiment, rounds: 12, network: { trace: 'steady' } });
    const { figures } = buildTopology(parseExperiment({ ...base, ...experiment }).fleet).devices[1];
    for (const { timeline, devices } of records) {
      for (const row of [0, 1, 2, 3, 4, 5]) {
        const bars = [...timeline.lane.keys()]
          .filter((bar) => timeline.lane[bar] === row)
          .map((bar) => ({
            from: timeline.start[bar],
            to: timeline.end[bar],
            what: activities[timeline.activity[bar]],
          }))
          .sort((a, b) => a.from - b.from);
        for (const [i, { from }] of bars.slice(1).entries()) expect(from).toBeGreaterThanOrEqual(bars[i].to - 1e-9);
        const waited = bars.reduce((total, { what, from, to }) => total + (what === 'wait' ? to - from : 0), 0);
        // Latency is idle time within a transfer.
        expect(devices.energyIdle[row]).toBeGreaterThanOrEqual((figures.idlePower / 1000) * waited - 1e-9);
      }
    }
  });

  it('what lies in a buffer at its end', async () => {
    const buffered = byTier('buffer', 'relay', 'buffer', { gatewayBuffer: 4, buffer: 1 });
    const records = await runWith(buffered, { ...experiment, rounds: 6 });
    for (const { gateways } of records) for (const held of gateways.buffered) expect(held).toBeLessThan(4);
    expect(records.some(({ gateways }) => sum(gateways.buffered) > 0)).toBe(true);
  });

  it('when a cloud that waits for all devices stopped waiting', async () => {
    const selection = { closes: true, deadline: 2 };
    const [closed] = await runWith(byTier('relay', 'relay', 'barrier'), { ...experiment, selection });
    expect(closed.cloudClosed).toBe(2);
    const [async] = await runWith(waiting, experiment);
    expect(async.cloudClosed).toBeNaN();
  });
});

describe('families of models', () => {
  const families = { assignment: 'by-rule' };

  it('need a cloud that waits, and name the setting that is in the way', () => {
    const parse = (aggregation: object) => () => parseExperiment({ ...base, families, aggregation });
    expect(parse(byTier('barrier', 'relay', 'buffer'))).toThrow(
      'families.assignment by-rule needs synchronous rounds; aggregation.cloudWaits is buffer, and must be barrier.',
    );
    expect(parse({ mode: 'fed-buff' })).toThrow('aggregation.mode is fed-buff, and must be sync.');
  });

  it('make the same models whatever gateways and fogs do below it', async () => {
    const sync = await runWith({ mode: 'sync' }, { families });
    expect(sync[0].families).toHaveLength(2);
    for (const aggregation of [
      byTier('relay', 'relay', 'barrier'),
      byTier('buffer', 'relay', 'barrier', { gatewayBuffer: 1 }),
      byTier('barrier', 'buffer', 'barrier', { fogBuffer: 2 }),
    ]) {
      const records = await runWith(aggregation, { families });
      for (const [round, record] of records.entries()) {
        for (const [at, { loss }] of record.families.entries())
          expect(loss).toBeCloseTo(sync[round].families[at].loss, 6);
      }
    }
  });
});

describe('any policies', () => {
  const waits = ['barrier', 'buffer', 'relay'] as const;
  const anyPolicies = fc.record({
    gatewayWaits: fc.constantFrom(...waits),
    fogWaits: fc.constantFrom(...waits),
    cloudWaits: fc.constantFrom('barrier', 'buffer'),
    gatewayBuffer: fc.integer({ min: 1, max: 4 }),
    fogBuffer: fc.integer({ min: 1, max: 4 }),
    buffer: fc.integer({ min: 1, max: 5 }),
    gatewayRounds: fc.integer({ min: 1, max: 2 }),
    fogRounds: fc.integer({ min: 1, max: 2 }),
  });
  const anySelection = fc.record({
    policy: fc.constantFrom(...Object.keys(selections)),
    fraction: fc.constantFrom(0.4, 1),
    overSelect: fc.constantFrom(0, 0.5),
    closes: fc.boolean(),
    deadline: fc.constantFrom(0.2, 1, 20),
  });

  it('every record closes, though devices die, and its times are in order', async () => {
    await fc.assert(
      fc.asyncProperty(anyPolicies, anySelection, fc.constantFrom(0.01, 1), async (own, selection, charge) => {
        // A hundredth of a small battery lasts for part of a turn.
        const fleet = { ...base.fleet, figures: { 'kind:esp32': { battery: 0.5 }, 'kind:arduino': { battery: 2 } } };
        const settings = { ...base, rounds: 5, fleet, selection, power: { batteryStart: charge } };
        const records = await collect(parseExperiment({ ...settings, aggregation: { mode: 'by-tier', ...own } }));
        expect(records).toHaveLength(5);
        for (const [index, { start, end, devices, timeline }] of records.entries()) {
          expect(end).toBeGreaterThan(start);
          if (index > 0) expect(start).toBeGreaterThanOrEqual(records[index - 1].end);
          for (const [bar, from] of timeline.start.entries()) expect(timeline.end[bar]).toBeGreaterThanOrEqual(from);
          for (const [row, status] of devices.status.entries()) {
            if (statuses[status] === 'trained') expect(devices.steps[row]).toBeGreaterThan(0);
          }
        }
      }),
      { numRuns: 80 },
    );
  });
});
