// Nobody reads the future: a node acts on what has reached it. And what a record says of a device is what happened in it.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openFederation } from '../data/federation.ts';
import type { Change, Edit } from '../experiment/edits.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { parseExperiment } from '../experiment/parse-experiment.ts';
import type { RoundRecord } from '../record/record.ts';
import { selections } from '../selection/index.ts';
import { collect } from '../testing/collect.ts';
import { type AnyRun, anyRun } from '../testing/random-experiments.ts';
import { deviceIn, fleetOf, noise100, statusesOf, TINY_MLP_BYTES, TINY_MLP_MACS } from '../testing/small-fleet.ts';
import { trivialTrainer } from '../testing/trivial-trainer.ts';
import type { LocalTrainer } from '../trainer.ts';
import { runFederation } from './run.ts';

const hop = (rate: number, latency: number) => latency + (8 * TINY_MLP_BYTES) / rate;
const hasCounted = (record: RoundRecord, number: number) =>
  record.devices.number.includes(number) && ['trained', 'arrived'].includes(deviceIn(record, number).status);

describe('over-selection', () => {
  /** Two phones under each of two gateways; the first gateway is 2 s away from the fog. */
  async function secondGateway(uplink: number) {
    const figures = {
      'gateway-1': { latency: 2000 },
      'device-1': { uplink },
      'device-2': { uplink },
      'device-3': { uplink: 100 },
      'device-4': { uplink: 50 },
    };
    const selection = { policy: 'random', fraction: 0.5, overSelect: 1 };
    const fleet = fleetOf(1, 2, 2, { mix: ['smartphone'], figures });
    const [{ gateways }] = await collect({ ...noise100, rounds: 1, selection, fleet });
    return { received: gateways.received[1], closed: gateways.lastArrival[1], sent: gateways.uploadEnd[1] };
  }

  it('closes a gateway on its own arrivals, not on those at another one, of which it cannot know', async () => {
    const second = await secondGateway(50_000);
    const down = hop(100e6, 0.02) + hop(20e6, 0.005) + hop(50e6, 0.01);
    expect(second.received).toBe(1);
    expect(second.closed).toBeCloseTo(down + TINY_MLP_MACS / 700e6 + hop(100e3, 0.01), 9);
    expect(await secondGateway(70)).toEqual(second);
  });
});

interface Lie {
  readonly device: number;
  /** From which of the device's trainings on. */
  readonly from?: number;
  /** What its losses are multiplied by, and its weights' changes. */
  readonly losses: number;
  readonly changes?: number;
}

/** Runs an experiment with a learner for which one device's losses and changes are not what they are. */
async function withLie({ experiment, edits }: AnyRun, lie: Lie): Promise<RoundRecord[]> {
  const { device, from = 1, losses, changes = 1 } = lie;
  const federation = await openFederation(experiment, async (name) => {
    throw new Error(`This test has no ${name}.`);
  });
  let trainings = 0;
  const trainer: LocalTrainer = {
    ...trivialTrainer,
    train: async (cohort) => {
      const results = await trivialTrainer.train(cohort);
      return results.map((result, index) => {
        const { data, start } = cohort.members[index];
        if (data !== federation.data.get(device) || ++trainings < from) return result;
        const weights = result.weights.map((weight, i) => start[i] + changes * (weight - start[i]));
        const stepLosses = result.stepLosses.map((each) => losses * each);
        return { ...result, weights, loss: losses * result.loss, stepLosses };
      });
    },
  };
  const records: RoundRecord[] = [];
  for await (const record of runFederation(federation, trainer, { edits })) records.push(record);
  return records;
}

/** A record without what one device measured of itself. */
function without(record: RoundRecord, number: number): RoundRecord {
  const { devices } = record;
  const hide = (column: Float32Array) => column.map((value, row) => (devices.number[row] === number ? 0 : value));
  return { ...record, devices: { ...devices, loss: hide(devices.loss), residual: hide(devices.residual) } };
}

/** How many records there are before the one in which the device's update counts. @param from index of the first that is looked at */
function untilHeardOf(records: readonly RoundRecord[], number: number, from = 0): number {
  const first = records.findIndex((record, at) => at >= from && hasCounted(record, number));
  return first < 0 ? records.length : first;
}

/** Two runs are the same until the device is heard of, but for what it measured itself. Returns for how many records. */
function expectSame(some: readonly RoundRecord[], others: readonly RoundRecord[], number: number, from = 0): number {
  const count = untilHeardOf(some, number, from);
  expect(untilHeardOf(others, number, from)).toBe(count);
  for (let at = 0; at < count; at++) expect(without(others[at], number)).toEqual(without(some[at], number));
  return count;
}

const policies = ['power-of-choice', 'oort', 'fed-cs', 'random'];
const modes = ['sync', 'fed-async', 'fed-buff', 'by-tier'];
const often: readonly Change[] = [
  ...policies.map((value) => ({ path: 'selection.policy', value })),
  ...modes.map((value) => ({ path: 'aggregation.mode', value })),
  { path: 'selection.fraction', value: 0.5 },
  { path: 'selection.closes', value: true },
  { path: 'selection.overSelect', value: 0.5 },
];

describe('what a device has learnt', () => {
  it('changes nothing before its update counts, in any experiment: neither who is chosen, nor when, nor the model', async () => {
    await fc.assert(
      fc.asyncProperty(anyRun(often), async (run) => {
        // A codec that looks at the update may send more or fewer bytes of it.
        const compression = { ...parseExperiment({}).compression, down: run.experiment.compression.down };
        const experiment: Experiment = { ...run.experiment, compression };
        const edits = run.edits.filter(({ changes }) => changes.every(({ path }) => !path.startsWith('compression.')));
        const low = await withLie({ experiment, edits }, { device: 1, losses: 0.01 });
        const high = await withLie({ experiment, edits }, { device: 1, losses: 100, changes: 0.5 });
        expectSame(low, high, 1);
      }),
      { numRuns: 25 },
    );
  });

  it.each(Object.keys(selections))('nor under any policies of the tiers, though a device dies: %s', async (policy) => {
    const waits = ['barrier', 'buffer', 'relay'];
    // The first device is slow, the second dies in its second turn, and the cloud asks for two of four.
    const figures = { 'device-1': { uplink: 100 }, 'device-2': { battery: 0.03 } };
    for (const gatewayWaits of waits) {
      for (const fogWaits of waits) {
        for (const cloudWaits of ['barrier', 'buffer']) {
          const experiment = parseExperiment({
            ...noise100,
            data: { ...noise100.data, samplesPerDevice: 12 },
            rounds: 4,
            aggregation: {
              mode: 'by-tier',
              gatewayWaits,
              fogWaits,
              cloudWaits,
              buffer: 2,
              gatewayBuffer: 2,
              fogBuffer: 2,
            },
            selection: { policy, fraction: 0.5, overSelect: 0.5, closes: true, deadline: 0.4 },
            fleet: fleetOf(1, 2, 2, { mix: ['esp32'], figures }),
          });
          const low = await withLie({ experiment, edits: [] }, { device: 1, losses: 0.01 });
          const high = await withLie({ experiment, edits: [] }, { device: 1, losses: 100, changes: 0.5 });
          expect(low).toHaveLength(4);
          expectSame(low, high, 1);
          for (const [at, { start, end }] of low.entries()) {
            expect(end).toBeGreaterThan(start);
            if (at > 0) expect(start).toBe(low[at - 1].end);
          }
        }
      }
    }
  });

  it.each(modes)('is not known to the cloud if its update was lost: %s', async (mode) => {
    // The first phone's update is on its gateway's link when that is cut; in synchronous rounds its gateway, cut off, goes on
    // with what it has. Afterwards the cloud chooses by losses.
    const figures = { 'gateway-1': { uplink: 20 } };
    const experiment = parseExperiment({
      ...noise100,
      rounds: 40,
      aggregation: { mode, buffer: 1, gatewayWaits: 'barrier', fogWaits: 'relay', cloudWaits: 'buffer' },
      fleet: fleetOf(1, 2, 2, { mix: ['smartphone'], figures }),
    });
    const edits: Edit[] = [
      { round: 2, changes: [{ path: 'fleet.off', value: ['link:gateway-1'] }] },
      {
        round: 3,
        changes: [
          { path: 'selection.policy', value: 'power-of-choice' },
          { path: 'selection.count', value: 2 },
          { path: 'selection.choiceFactor', value: 10 },
        ],
      },
      { round: 4, changes: [{ path: 'fleet.off', value: [] }] },
    ];
    const from = mode === 'sync' ? 2 : 1;
    const [low, high] = [
      await withLie({ experiment, edits }, { device: 1, from, losses: 0.01, changes: 1 }),
      await withLie({ experiment, edits }, { device: 1, from, losses: 100, changes: 0.5 }),
    ];
    expect(statusesOf(low, 1)[1]).toMatch(/lost above|cut off/);
    expect(expectSame(low, high, 1, 2)).toBeGreaterThanOrEqual(3);
  });

  it('is chosen by once it has arrived: power-of-choice asks the device with the highest loss', async () => {
    const selection = { policy: 'power-of-choice', count: 1, choiceFactor: 10 };
    const fleet = fleetOf(1, 1, 4, { mix: ['smartphone'] });
    const experiment = parseExperiment({ ...noise100, rounds: 12, selection, fleet });
    const chosen = async (losses: number) => {
      const records = await withLie({ experiment, edits: [] }, { device: 1, losses });
      return statusesOf(records, 1).filter((status) => status === 'trained').length;
    };
    // Each of the four is asked once, as the cloud knows of none; then always, or never again.
    expect([await chosen(1000), await chosen(0.001)]).toEqual([9, 1]);
  });

  it('of a late device is not known', async () => {
    const experiment = parseExperiment({
      ...noise100,
      rounds: 8,
      selection: { policy: 'power-of-choice', fraction: 0.5, choiceFactor: 10, closes: true, deadline: 1 },
      fleet: fleetOf(1, 1, 4, { mix: ['smartphone'], figures: { 'device-1': { uplink: 40 } } }),
    });
    const [low, high] = [
      await withLie({ experiment, edits: [] }, { device: 1, losses: 0.001 }),
      await withLie({ experiment, edits: [] }, { device: 1, losses: 1000 }),
    ];
    expect(statusesOf(low, 1)).toContain('late');
    expect(expectSame(low, high, 1)).toBe(8);
  });
});

describe('a status', () => {
  it('says of a slow device that it works, and that its update has arrived', async () => {
    const fleet = fleetOf(1, 1, 2, { mix: ['smartphone'], figures: { 'device-2': { uplink: 100 } } });
    const aggregation = { mode: 'fed-buff', buffer: 1 };
    const records = await collect({ ...noise100, rounds: 9, aggregation, fleet });
    const statuses = statusesOf(records, 2);
    const arrival = statuses.indexOf('arrived');
    expect(arrival).toBeGreaterThan(2);
    expect(statuses.slice(0, arrival)).toEqual(new Array(arrival).fill('still working'));
    // Its steps are in the record in which they were made.
    expect(deviceIn(records[0], 2)).toMatchObject({ steps: 7, bytesDown: TINY_MLP_BYTES, bytesUp: 0 });
    expect(deviceIn(records[arrival], 2)).toMatchObject({ steps: 0, bytesDown: 0 });
    const sent = records.slice(0, arrival + 1).reduce((total, record) => total + deviceIn(record, 2).bytesUp, 0);
    expect(sent).toBe(TINY_MLP_BYTES);
  });

  it('of “trained” is one of a device that trained and sent in this record, in any experiment', async () => {
    const asynchronous = ['fed-async', 'fed-buff', 'by-tier'].map((value) => ({ path: 'aggregation.mode', value }));
    await fc.assert(
      fc.asyncProperty(anyRun(asynchronous), async ({ experiment, edits }) => {
        const records = await collect(experiment, { edits });
        const earlier = new Set<number>();
        for (const record of records) {
          for (const number of record.devices.number) {
            const { status, steps, macs, bytesUp } = deviceIn(record, number);
            if (status === 'trained') expect(Math.min(steps, macs, bytesUp)).toBeGreaterThan(0);
            if (status === 'arrived') expect(earlier).toContain(number);
          }
          for (const number of record.devices.number) earlier.add(number);
        }
      }),
      { numRuns: 25 },
    );
  });
});
