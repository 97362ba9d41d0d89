import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseExperiment } from '../experiment/parse-experiment.ts';
import { type RoundRecord, sum } from '../record/record.ts';
import { statuses } from '../record/statuses.ts';
import { selections } from '../selection/index.ts';
import { collect, noise } from '../testing/collect.ts';

const base = { data: noise, rounds: 4, fleet: { gatewaysPerFog: 2, devicesPerGateway: 3 } };
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
