// What is switched off, cut or out of reach while something is on its way: none of it arrives. And what devices pay while they are
// late, and when they are free again in the middle of a round.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyChanges } from '../experiment/edits.ts';
import { buildTopology } from '../fleet/topology.ts';
import { durationOf, energyCauses, energyColumn, type RoundRecord, sum } from '../record/record.ts';
import { statuses } from '../record/statuses.ts';
import { collect } from '../testing/collect.ts';
import { anyRun } from '../testing/random-experiments.ts';
import { deviceIn, fleetOf, noise100, statusesOf, TINY_MLP_BYTES, TINY_MLP_MACS } from '../testing/small-fleet.ts';

const offAt = (round: number, off: readonly string[]) => ({ round, changes: [{ path: 'fleet.off', value: off }] });
const counted = (records: readonly RoundRecord[], number: number) =>
  statusesOf(records, number).flatMap((status, at) => (['trained', 'arrived'].includes(status) ? [at + 1] : []));
const spentIn = (record: RoundRecord, number: number) =>
  energyCauses.reduce((total, cause) => total + deviceIn(record, number)[energyColumn[cause]], 0);

describe('a slow phone beside a fast one, 40 kbit/s', () => {
  const fleet = fleetOf(1, 2, 1, { mix: ['smartphone'], figures: { 'device-2': { uplink: 40, downlink: 40 } } });
  const settings = { ...noise100, rounds: 60, aggregation: { mode: 'fed-buff', buffer: 1 }, fleet };

  it('counts in the 36th record, if nothing is switched off', async () => {
    const records = await collect(settings);
    // Down and up at 40 kbit/s, beside the fast one's 79.8 ms a version.
    const arrival = 2 * (0.02 + 0.005) + 2 * ((8 * TINY_MLP_BYTES) / 40_000 + 0.01);
    expect(records[counted(records, 2)[0] - 1].end).toBeCloseTo(arrival, 1);
  });

  it.each([
    ['device-2', 'switched off'],
    ['link:device-2', 'cut off'],
    ['gateway-2', 'cut off'],
    ['link:gateway-2', 'still working'],
  ])('does not count when %s is switched off in the second record', async (off, status) => {
    const records = await collect(settings, { edits: [offAt(2, [off])] });
    expect(counted(records, 2)).toEqual([]);
    expect(counted(records, 1)).toHaveLength(60);
    expect(deviceIn(records[1], 2).status).toBe(status);
    expect(records.reduce((total, { gateways }) => total + gateways.bytesUp[1], 0)).toBe(0);
  });

  it('does not count when the fog’s link is switched off: nothing does', async () => {
    const records = await collect({ ...settings, rounds: 5 }, { edits: [offAt(2, ['link:fog-1'])] });
    expect([counted(records, 1), counted(records, 2)]).toEqual([[1], []]);
    expect(sum(records[1].fogs.bytesUp)).toBe(0);
  });

  it.each(['fed-async', 'by-tier'])('nor in %s', async (mode) => {
    const policies = mode === 'by-tier' ? { gatewayWaits: 'barrier', fogWaits: 'relay', cloudWaits: 'buffer' } : {};
    for (const off of ['device-2', 'link:device-2', 'gateway-2', 'link:gateway-2']) {
      const records = await collect(
        { ...settings, aggregation: { mode, buffer: 1, ...policies } },
        { edits: [offAt(2, [off])] },
      );
      expect(counted(records, 1).length).toBeGreaterThan(50);
      expect(records.reduce((total, { gateways }) => total + gateways.bytesUp[1], 0)).toBe(0);
    }
  });

  it('begins again when it is switched on again: what was in flight is lost', async () => {
    const records = await collect(settings, { edits: [offAt(2, ['device-2']), offAt(3, [])] });
    const [first] = counted(records, 2);
    const turn = 2 * (0.02 + 0.005) + 2 * ((8 * TINY_MLP_BYTES) / 40_000 + 0.01);
    // It is asked once more, at the beginning of the third record.
    expect(records[first - 1].end).toBeGreaterThan(records[2].start + turn);
  });
});

describe('an update on a gateway’s link of 10 kbit/s', () => {
  const figures = { 'gateway-2': { uplink: 10 } };
  const fleet = fleetOf(1, 2, 1, { mix: ['smartphone'], figures });
  const settings = { ...noise100, rounds: 80, aggregation: { mode: 'fed-buff', buffer: 1 }, fleet };
  const air = (8 * TINY_MLP_BYTES) / 10_000;

  it('is lost when the link is cut, also if it is back before the update would have arrived', async () => {
    const untouched = await collect(settings);
    expect(untouched[counted(untouched, 2)[0] - 1].end).toBeCloseTo(air + 0.1, 1);
    const records = await collect(settings, { edits: [offAt(3, ['link:gateway-2']), offAt(4, [])] });
    expect(deviceIn(records[2], 2).status).toMatch(/lost above|cut off/);
    // It begins again in the fourth record, and its link is free.
    const [first] = counted(records, 2);
    expect(records[first - 1].end).toBeGreaterThan(records[3].start + air);
    expect(records[first - 1].end).toBeLessThan(records[3].start + air + 0.3);
  });

  it('counts though its device is switched off meanwhile, or taken away', async () => {
    const off = await collect(settings, { edits: [offAt(3, ['device-2'])] });
    const [at] = counted(off, 2);
    expect(off[at - 1].end).toBeCloseTo(air + 0.1, 1);
    // It spends nothing any more.
    for (const record of off.slice(2)) expect(spentIn(record, 2)).toBe(0);
    const removed = await collect(settings, {
      edits: [{ round: 3, changes: [{ path: 'fleet.removed', value: ['device-2'] }] }],
    });
    expect(removed.reduce((total, { gateways }) => total + gateways.bytesUp[1], 0)).toBe(TINY_MLP_BYTES);
  });
});

describe('a device that comes and goes', () => {
  const lora = fleetOf(1, 1, 10, { mix: ['lorawan'] });
  const modes = ['sync', 'fed-buff', 'fed-async', 'by-tier'];

  it.each(modes)('every ten seconds never finishes a message of 10.7 hours: %s', async (mode) => {
    const network = { availability: 'random', meanOn: 10, meanOff: 10 };
    const records = await collect({ ...noise100, rounds: 3, network, aggregation: { mode, buffer: 10 }, fleet: lora });
    for (const { devices, gateways } of records) {
      const known = Array.from(devices.status, (status) => statuses[status]);
      expect(known.filter((status) => ['trained', 'arrived'].includes(status))).toEqual([]);
      expect(known).toContain('offline');
      expect([sum(devices.bytesDown), sum(devices.bytesUp), sum(gateways.received)]).toEqual([0, 0, 0]);
    }
  });

  it.each(modes)('for ten hours a day neither: %s', async (mode) => {
    const network = { availability: 'diurnal' };
    const records = await collect({ ...noise100, rounds: 3, network, aggregation: { mode, buffer: 10 }, fleet: lora });
    for (const { devices } of records) expect([sum(devices.bytesDown), sum(devices.bytesUp)]).toEqual([0, 0]);
  });

  it('and whose messages are short gets most of them through', async () => {
    const network = { availability: 'random', meanOn: 10, meanOff: 10 };
    const fleet = fleetOf(1, 1, 10, { mix: ['smartphone'] });
    const aggregation = { mode: 'fed-buff', buffer: 10 };
    const records = await collect({ ...noise100, rounds: 10, network, aggregation, fleet });
    // Nor does one that has just gone stop the clock by being asked again at that very moment.
    for (const record of records) expect(durationOf(record)).toBeGreaterThan(0.05);
    expect(records.reduce((total, { fogs }) => total + sum(fogs.received), 0)).toBeGreaterThanOrEqual(90);
  });

  it('keeps its gateway silent only after what was sent of a message that broke off', async () => {
    const network = { availability: 'random', meanOn: 10, meanOff: 10 };
    const records = await collect({ ...noise100, rounds: 3, network, fleet: lora });
    const { offTimeDown } = records[1].devices;
    // 99 times a packet's time on air, 2.79 s at the slowest rate.
    expect(Math.max(...offTimeDown)).toBeGreaterThan(100);
    expect(Math.max(...offTimeDown)).toBeLessThan(99 * 2.8);
  });
});

describe('a late device that transmits until 141.76 s', () => {
  const figures = { 'device-2': { uplink: 0.4 } };
  const fleet = fleetOf(1, 1, 2, { mix: ['raspberry-pi'], figures });
  const selection = { closes: true, deadline: 1 };
  const hop = (rate: number, latency: number) => latency + (8 * TINY_MLP_BYTES) / rate;
  const begins = hop(100e6, 0.02) + hop(20e6, 0.005) + hop(10e6, 0.01) + TINY_MLP_MACS / 300e6;
  const free = begins + hop(400, 0.01);
  const sleep = (record: RoundRecord) => deviceIn(record, 2).energySleep;

  it('does not sleep meanwhile: 0 J in the second record, 29.12 J in the third', async () => {
    expect(free).toBeCloseTo(141.76, 2);
    const records = await collect({ ...noise100, rounds: 4, selection, power: { interval: 100 }, fleet });
    expect(records.map(({ start }) => start)).toEqual([0, 100, 200, 300]);
    expect(records.map(sleep)[1]).toBe(0);
    expect(records.map(sleep)[2]).toBeCloseTo(0.5 * (200 - free), 6);
    expect(records.map(sleep)[2]).toBeCloseTo(29.12, 2);
    expect(records.map(sleep)[3]).toBe(0);
    // Nor does it wait: what it does not transmit in the second record is two latencies.
    expect(deviceIn(records[1], 2).energyIdle).toBeLessThan(0.01);
    expect(deviceIn(records[1], 2).energyTransmit).toBeCloseTo(1.2 * (records[1].end - records[0].end), 1);
  });

  it('sleeps as soon as it is free, also in the middle of a round', async () => {
    const own = { ...figures, 'device-1': { uplink: 1 } };
    const records = await collect({
      ...noise100,
      rounds: 3,
      selection: { closes: true, deadline: 80 },
      power: { interval: 100 },
      fleet: { ...fleet, figures: own },
    });
    expect(records[1].end).toBeGreaterThan(free + 10);
    expect(sleep(records[1])).toBeCloseTo(0.5 * (records[1].end - free), 6);
    expect(sleep(records[2])).toBeCloseTo(0.5 * (records[2].start - records[1].end), 6);
  });

  it('stops when it is switched off', async () => {
    const records = await collect(
      { ...noise100, rounds: 3, selection, power: { interval: 100 }, fleet },
      { edits: [offAt(2, ['device-2'])] },
    );
    // Until the second round's start, 100 s, it transmits.
    expect(deviceIn(records[1], 2).energyTransmit).toBeCloseTo(1.2 * (100 - records[0].end), 1);
    expect(spentIn(records[2], 2)).toBe(0);
  });
});

it('what is switched off does nothing, in any experiment', async () => {
  const everything = ['device-1', 'link:device-2', 'gateway-1', 'link:gateway-2', 'link:fog-1'];
  const modes = ['fed-async', 'fed-buff', 'by-tier'].map((value) => ({ path: 'aggregation.mode', value }));
  const edits = [2, 3, 4].map((round) => offAt(round, [everything[round], everything[round - 2]]));
  await fc.assert(
    fc.asyncProperty(anyRun(modes), async ({ experiment }) => {
      if (buildTopology(experiment.fleet).devices.length < 4 || experiment.fleet.removed.length > 0) return;
      let current = experiment;
      for (const record of await collect(experiment, { edits })) {
        for (const { round, changes } of edits) if (round === record.round) current = applyChanges(current, changes);
        // An interval before the round belongs to the time before the change.
        if (record.start > 0 && experiment.power.interval > 0) continue;
        const off = new Set(current.fleet.off);
        for (const { id, number, parent } of buildTopology(current.fleet).devices) {
          if (![id, `link:${id}`, parent].some((each) => off.has(each))) continue;
          const { steps, bytesDown, bytesUp, status } = deviceIn(record, number);
          expect([steps, bytesDown, bytesUp]).toEqual([0, 0, 0]);
          expect(status).not.toBe('trained');
          const lane = record.devices.number.indexOf(number);
          expect(record.timeline.lane).not.toContain(lane);
          if (off.has(id)) expect(spentIn(record, number)).toBe(0);
        }
        for (const [row, number] of record.gateways.number.entries()) {
          if (![`gateway-${number}`, `link:gateway-${number}`].some((each) => off.has(each))) continue;
          expect([record.gateways.bytesUp[row], record.gateways.bytesDown[row]]).toEqual([0, 0]);
        }
      }
    }),
    { numRuns: 30 },
  );
});
