// Nobody reads the future: a node acts on what has reached it. And what a record says of a device is what happened in it.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openFederation } from '../data/federation.ts';
import type { Change, Edit } from '../experiment/edits.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { parseExperiment } from '../experiment/parse-experiment.ts';
import type { RoundRecord } from '../record/record.ts';
import { type AnyRun, anyRun } from '../testing/any-experiment.ts';
import { collect } from '../testing/collect.ts';
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

/** Runs an experiment with a learner for which one device's losses are a hundred times what they are, and its changes others. */
async function withLiar({ experiment, edits }: AnyRun, number: number, size: number): Promise<RoundRecord[]> {
  const federation = await openFederation(experiment, async (name) => {
    throw new Error(`This test has no ${name}.`);
  });
  const trainer: LocalTrainer = {
    ...trivialTrainer,
    train: async (cohort) => {
      const results = await trivialTrainer.train(cohort);
      return results.map((result, index) => {
        const { data, start } = cohort.members[index];
        if (data !== federation.data.get(number)) return result;
        const weights = result.weights.map((weight, i) => start[i] + size * (weight - start[i]));
        const stepLosses = result.stepLosses.map((each) => 100 * each);
        return { ...result, weights, loss: 100 * result.loss, stepLosses };
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

/** The first record in which the device's update counts; all of them, if there is none. */
function untilHeardOf(records: readonly RoundRecord[], number: number): number {
  const first = records.findIndex((record) => hasCounted(record, number));
  return first < 0 ? records.length : first;
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
        const [honest, other] = [
          await withLiar({ experiment, edits }, 1, 1),
          await withLiar({ experiment, edits }, 1, 0.5),
        ];
        const count = untilHeardOf(honest, 1);
        expect(untilHeardOf(other, 1)).toBe(count);
        for (let at = 0; at < count; at++) expect(without(other[at], 1)).toEqual(without(honest[at], 1));
      }),
      { numRuns: 40 },
    );
  });

  const offAt = (round: number, off: readonly string[]): Edit => ({
    round,
    changes: [{ path: 'fleet.off', value: off }],
  });

  it.each(modes)('is not known to the cloud if its update was lost: %s', async (mode) => {
    // The first phone's update is on its gateway's link when that is cut; afterwards power-of-choice could choose by its loss.
    const figures = { 'gateway-1': { uplink: 20 } };
    const experiment = parseExperiment({
      ...noise100,
      rounds: 40,
      aggregation: { mode, buffer: 1, gatewayWaits: 'barrier', cloudWaits: 'buffer' },
      selection: { policy: 'power-of-choice', count: 1 },
      fleet: fleetOf(1, 2, 2, { mix: ['smartphone'], figures }),
    });
    for (const size of [1, 0.5]) {
      const edits = [offAt(2, ['link:gateway-1']), offAt(4, [])];
      const records = await withLiar({ experiment, edits }, 1, size);
      const honest = await withLiar({ experiment, edits }, 99, size);
      const count = untilHeardOf(honest, 1);
      for (let at = 0; at < count; at++) expect(without(records[at], 1)).toEqual(without(honest[at], 1));
    }
  });

  it('is chosen by once it has arrived: power-of-choice asks the device with the highest loss', async () => {
    const settings = { ...noise100, rounds: 12, selection: { policy: 'power-of-choice', count: 1, choiceFactor: 10 } };
    const experiment = parseExperiment({ ...settings, fleet: fleetOf(1, 1, 4, { mix: ['smartphone'] }) });
    const records = await withLiar({ experiment, edits: [] }, 1, 1);
    const first = untilHeardOf(records, 1);
    // The others' losses are unknown or lower.
    expect(statusesOf(records, 1).slice(first + 4)).toEqual(new Array(records.length - first - 4).fill('trained'));
  });

  it('of a late device is not known', async () => {
    const experiment = parseExperiment({
      ...noise100,
      rounds: 8,
      selection: { policy: 'power-of-choice', fraction: 0.5, closes: true, deadline: 1 },
      fleet: fleetOf(1, 1, 4, { mix: ['smartphone'], figures: { 'device-1': { uplink: 40 } } }),
    });
    const [late, honest] = [
      await withLiar({ experiment, edits: [] }, 1, 1),
      await withLiar({ experiment, edits: [] }, 99, 1),
    ];
    expect(statusesOf(late, 1)).toContain('late');
    for (const [at, record] of late.entries()) expect(without(record, 1)).toEqual(without(honest[at], 1));
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
      { numRuns: 40 },
    );
  });
});
