// Links between gateways, fogs and the cloud: one message at a time in each direction, whatever the mode; latency is not
// serialised. Times by hand: latency + 8 × bytes ÷ rate.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyChanges } from '../../experiment/edits.ts';
import { buildTopology } from '../../fleet/topology.ts';
import { activities, durationOf, type RoundRecord, sum } from '../../record/record.ts';
import { collect } from '../../testing/collect.ts';
import { type AnyRun, anyRun } from '../../testing/random-experiments.ts';
import { fleetOf, noise100, TINY_MLP_BYTES, TINY_MLP_MACS } from '../../testing/small-fleet.ts';

const kilobits = (rate: number) => (8 * TINY_MLP_BYTES) / (1000 * rate);

describe('ten updates over a gateway’s link of 100 kbit/s', () => {
  const slow = { 'gateway-1': { uplink: 100, downlink: 100 } };
  const fleet = fleetOf(1, 1, 10, { mix: ['smartphone'], figures: slow });
  const fog = 0.02 + kilobits(100_000);
  const gateway = 0.005 + kilobits(100);
  const device = 0.01 + kilobits(50_000);
  const compute = TINY_MLP_MACS / 700e6;
  const cloudSums = (10 * 1765) / 100e9;

  it('of a buffer take 5.668 s on air: the first record says so', async () => {
    const aggregation = { mode: 'fed-buff', buffer: 10 };
    const records = await collect({ ...noise100, rounds: 6, aggregation, fleet });
    const [first] = records;
    const all = fog + gateway + device + compute + device + 10 * kilobits(100) + 0.005 + fog + cloudSums;
    expect(all).toBeCloseTo(6.3089, 4);
    expect(durationOf(first)).toBeCloseTo(all, 9);
    // From then on the link up is never free: ten updates take ten times as long as one.
    for (const record of records.slice(1)) expect(durationOf(record)).toBeCloseTo(10 * kilobits(100), 9);
    for (const record of records) {
      expect(sum(record.gateways.bytesUp)).toBe(10 * TINY_MLP_BYTES);
      expect((8 * sum(record.gateways.bytesUp)) / durationOf(record)).toBeLessThanOrEqual(100_000 * (1 + 1e-9));
    }
  });

  it('of FedAsync likewise', async () => {
    const aggregation = { mode: 'fed-async', buffer: 10 };
    const records = await collect({ ...noise100, rounds: 3, aggregation, fleet });
    for (const record of records)
      expect((8 * sum(record.gateways.bytesUp)) / durationOf(record)).toBeLessThanOrEqual(100_000 * (1 + 1e-9));
  });

  it('down, without a cache, ten copies of the model follow each other', async () => {
    const [record] = await collect({ ...noise100, rounds: 1, network: { cache: false }, fleet });
    // They come from the fog one by one too, faster than the gateway's link takes them.
    const last = fog + 10 * kilobits(100) + 0.005;
    expect(record.gateways.downloadEnd[0]).toBeCloseTo(last, 9);
    expect(Math.max(...record.devices.downloadStart)).toBeCloseTo(last, 9);
    expect(sum(record.gateways.bytesDown)).toBe(10 * TINY_MLP_BYTES);
  });

  it('of two families share the link', async () => {
    const models = Object.fromEntries(
      Array.from({ length: 10 }, (_, at) => [`device-${at + 1}`, at < 5 ? 'tiny-mlp' : 'micro-cnn']),
    );
    const [record] = await collect({
      ...noise100,
      rounds: 1,
      families: { assignment: 'by-rule', publicSamples: 64, distil: false },
      fleet: { ...fleet, models },
    });
    const { gateways } = record;
    const air = (8 * gateways.bytesDown[0]) / 100_000;
    expect(gateways.bytesDown[0]).toBeGreaterThan(TINY_MLP_BYTES);
    // The second family's model waits for the first one's: latency counts once.
    expect(gateways.downloadEnd[0] - gateways.downloadStart[0]).toBeCloseTo(air + 0.005, 9);
  });
});

describe('a fog’s link of 100 kbit/s', () => {
  it('carries the reports of two gateways’ devices one after the other', async () => {
    const fleet = fleetOf(1, 2, 1, { mix: ['smartphone'], figures: { 'fog-1': { uplink: 100 } } });
    const aggregation = { mode: 'fed-buff', buffer: 2 };
    const [record] = await collect({ ...noise100, rounds: 1, aggregation, fleet });
    const hop = 0.005 + kilobits(20_000);
    const device = 0.01 + kilobits(50_000);
    const atFog = 0.02 + kilobits(100_000) + hop + 2 * device + TINY_MLP_MACS / 700e6 + hop;
    expect(durationOf(record)).toBeCloseTo(atFog + 2 * kilobits(100) + 0.02 + (2 * 1765) / 100e9, 9);
    expect(sum(record.fogs.bytesUp)).toBe(2 * TINY_MLP_BYTES);
  });
});

describe('differences down', () => {
  const compression = { down: { difference: true, quantise: 'int8' } };
  /** A byte a weight, and a scale and a zero point for each of the six tensors. */
  const difference = 1765 + 6 * 8 + 25;
  const fleet = fleetOf(1, 1, 2, { mix: ['smartphone'] });

  it('reach gateway and fog as differences in FedBuff: 1,838 B a version after the first', async () => {
    const aggregation = { mode: 'fed-buff', buffer: 2 };
    const records = await collect({ ...noise100, rounds: 3, aggregation, compression, fleet });
    expect(difference).toBe(1838);
    for (const tier of ['gateways', 'fogs'] as const)
      expect(records.map((record) => sum(record[tier].bytesDown))).toEqual([TINY_MLP_BYTES, difference, difference]);
  });

  it.each([
    ['sync', 'rounds that wait', {}],
    ['fed-async', 'FedAsync', { buffer: 2 }],
    [
      'by-tier',
      'gateways that wait under a cloud that buffers',
      { gatewayWaits: 'barrier', cloudWaits: 'buffer', buffer: 1 },
    ],
  ])('likewise in %s: %s', async (mode, _, more) => {
    const records = await collect({ ...noise100, rounds: 4, aggregation: { mode, ...more }, compression, fleet });
    for (const tier of ['gateways', 'fogs'] as const) {
      const all = records.reduce((total, record) => total + sum(record[tier].bytesDown), 0);
      expect(all).toBeGreaterThan(TINY_MLP_BYTES);
      expect((all - TINY_MLP_BYTES) % difference).toBe(0);
    }
  });

  it('are taken from what each device holds where nothing is cached', async () => {
    const records = await collect({ ...noise100, rounds: 3, compression, network: { cache: false }, fleet });
    expect(records.map(({ gateways }) => sum(gateways.bytesDown))).toEqual([
      2 * TINY_MLP_BYTES,
      2 * difference,
      2 * difference,
    ]);
  });
});

/** What the links of gateways and fogs carried, by node and direction. */
function linkUse({ devices, gateways, fogs, timeline }: RoundRecord) {
  const lanes = new Map<number, { id: string; tier: 'gateways' | 'fogs'; row: number }>();
  const first = devices.number.length;
  for (const [row, number] of gateways.number.entries())
    lanes.set(first + row, { id: `gateway-${number}`, tier: 'gateways', row });
  const second = first + gateways.number.length;
  for (const [row, number] of fogs.number.entries())
    lanes.set(second + row, { id: `fog-${number}`, tier: 'fogs', row });
  const bars = [...timeline.lane.keys()].map((at) => ({
    lane: lanes.get(timeline.lane[at]),
    activity: activities[timeline.activity[at]],
    start: timeline.start[at],
    end: timeline.end[at],
  }));
  return [...lanes.values()].flatMap((lane) =>
    (['upload', 'download'] as const).map((activity) => ({
      id: lane.id,
      activity,
      bytes: { gateways, fogs }[lane.tier][activity === 'upload' ? 'bytesUp' : 'bytesDown'][lane.row],
      bars: bars
        .filter((bar) => bar.lane === lane && bar.activity === activity)
        .sort((a, b) => a.start - b.start || a.end - b.end),
    })),
  );
}

function checkLinks(records: readonly RoundRecord[], { experiment, edits }: AnyRun): void {
  let current = experiment;
  const air = new Map<string, number>();
  const shown = new Map<string, number>();
  for (const record of records) {
    for (const edit of edits) if (edit.round === record.round) current = applyChanges(current, edit.changes);
    const { byId } = buildTopology(current.fleet);
    for (const { id, activity, bytes, bars } of linkUse(record)) {
      const node = byId.get(id);
      if (!node || node.tier === 'device') throw new Error(`${id} is in the record and not in the fleet.`);
      const latency = node.figures.latency / 1000;
      for (const [at, bar] of bars.slice(1).entries())
        expect(bar.start).toBeGreaterThanOrEqual(bars[at].end - latency - 1e-6);
      const rate = 1000 * (activity === 'upload' ? node.figures.uplink : node.figures.downlink);
      const key = `${id} ${activity}`;
      air.set(key, (air.get(key) ?? 0) + (8 * bytes) / rate);
      shown.set(key, (shown.get(key) ?? 0) + bars.reduce((total, { start, end }) => total + end - start, 0));
    }
  }
  // Every byte was on air for as long as it takes.
  for (const [key, seconds] of air) expect(shown.get(key)).toBeGreaterThanOrEqual(seconds - 1e-6);
}

it('no link of any experiment carries two messages at once, nor more than its rate', async () => {
  const modes = ['sync', 'fed-async', 'fed-buff', 'by-tier'].map((value) => ({ path: 'aggregation.mode', value }));
  await fc.assert(
    fc.asyncProperty(anyRun([...modes, { path: 'network.cache', value: false }]), async (run) => {
      checkLinks(await collect(run.experiment, { edits: run.edits }), run);
    }),
    { numRuns: 60 },
  );
});
