// Periods of the tiers (HierFAVG): a gateway or fog holds several rounds with those below before it reports.

import { describe, expect, it } from 'vitest';
import { collect } from '../../testing/collect.ts';
import { deviceIn, fleetOf, noise100, TINY_MLP_BYTES, TINY_MLP_MACS } from '../../testing/small-fleet.ts';
import type { ObservedMessage } from '../messages/message-observer.ts';

const hop = (rate: number, latency: number) => latency + (8 * TINY_MLP_BYTES) / rate;
const modes = [
  ['rounds that wait everywhere', { mode: 'sync' }],
  [
    'under a cloud that buffers',
    { mode: 'by-tier', gatewayWaits: 'barrier', fogWaits: 'relay', cloudWaits: 'buffer', buffer: 1 },
  ],
] as const;

describe.each(modes)('a gateway of two rounds: %s', (_, mode) => {
  it('counts a device in the second that was late in the first', async () => {
    // The first model comes over the gateway's slow link: 0.5718 s before its devices can begin.
    const figures = { 'gateway-1': { downlink: 100 }, 'device-2': { uplink: 150 } };
    const fleet = fleetOf(1, 1, 2, { mix: ['smartphone'], figures });
    const turn = hop(50e6, 0.01) + TINY_MLP_MACS / 700e6 + hop(150e3, 0.01);
    const first = hop(100e6, 0.02) + hop(100e3, 0.005) + turn;
    const deadline = 0.9;
    expect(first).toBeGreaterThan(deadline);
    expect(first + turn).toBeLessThan(2 * deadline);
    const [record] = await collect({
      ...noise100,
      rounds: 1,
      aggregation: { ...mode, gatewayRounds: 2 },
      selection: { closes: true, deadline },
      fleet,
    });
    expect(deviceIn(record, 2)).toMatchObject({ status: 'trained', steps: 14, bytesUp: 2 * TINY_MLP_BYTES });
    expect(record.gateways.samples[0]).toBe(200);
    expect(record.gateways.received[0]).toBe(2);
    expect(record.gateways.lastArrival[0]).toBeCloseTo(first + turn, 6);
  });

  it('stands for all that are behind its total, also those that died in the second', async () => {
    const figures = Object.fromEntries([2, 3, 4, 5].map((number) => [`device-${number}`, { battery: 0.03 }]));
    const fleet = fleetOf(1, 1, 5, { mix: ['esp32'], figures });
    const [record] = await collect({ ...noise100, rounds: 1, aggregation: { ...mode, gatewayRounds: 2 }, fleet });
    expect([1, 2, 3, 4, 5].map((number) => deviceIn(record, number).status)).toEqual([
      'trained',
      ...new Array(4).fill('battery died'),
    ]);
    expect(record.gateways.received[0]).toBe(5);
    expect(record.gateways.samples[0]).toBe(500);
  });
});

describe('what a tier above makes of it', () => {
  const poor = (numbers: readonly number[], battery: number) =>
    Object.fromEntries(numbers.map((number) => [`device-${number}`, { battery }]));

  it('weighs the gateway by all of them', async () => {
    // Five under the first gateway, of which four die in its second round; one under the second.
    const fleet = fleetOf(1, 2, 5, {
      mix: ['esp32'],
      figures: poor([2, 3, 4, 5], 0.03),
      removed: ['device-7', 'device-8', 'device-9', 'device-10'],
    });
    const messages: ObservedMessage[] = [];
    const settings = { ...noise100, rounds: 1, aggregation: { gatewayRounds: 2 }, fleet };
    await collect(settings, { onMessage: (message) => messages.push(message) });
    const sent = (node: string) => messages.filter((each) => each.node === node && each.direction === 'up')[0].before;
    const [first, second, fog] = ['gateway-1', 'gateway-2', 'fog-1'].map(sent);
    for (const [i, value] of fog.entries()) expect(value).toBeCloseTo((500 * first[i] + 100 * second[i]) / 600, 5);
  });

  it('counts a fog’s devices of both its rounds, though a gateway lost four in the second', async () => {
    const fleet = fleetOf(1, 1, 5, { mix: ['esp32'], figures: poor([2, 3, 4, 5], 0.03) });
    const [record] = await collect({ ...noise100, rounds: 1, aggregation: { fogRounds: 2 }, fleet });
    expect(record.fogs.received[0]).toBe(1);
    expect(record.fogs.samples[0]).toBe(500);
    expect(deviceIn(record, 5).status).toBe('battery died');
  });
});

describe('a deadline', () => {
  it('of a later round counts from the gateway’s own start', async () => {
    // The first gateway's round is over after 0.1 s; the second's device takes 0.9 s each time.
    const figures = { 'device-2': { uplink: 65 } };
    const fleet = fleetOf(1, 2, 1, { mix: ['smartphone'], figures });
    const turn = hop(50e6, 0.01) + TINY_MLP_MACS / 700e6 + hop(65e3, 0.01);
    expect(turn).toBeGreaterThan(0.89);
    const selection = { closes: true, deadline: 1 };
    const [record] = await collect({ ...noise100, rounds: 1, aggregation: { gatewayRounds: 2 }, selection, fleet });
    expect(deviceIn(record, 2)).toMatchObject({ status: 'trained', steps: 14 });
    expect(Array.from(record.gateways.samples)).toEqual([100, 100]);
    expect(record.gateways.lastArrival[1]).toBeCloseTo(hop(100e6, 0.02) + hop(20e6, 0.005) + 2 * turn, 4);
  });

  it('closes each round after as long, if a device is never in time', async () => {
    const fleet = fleetOf(1, 1, 2, { mix: ['smartphone'], figures: { 'device-2': { uplink: 1 } } });
    const selection = { closes: true, deadline: 2 };
    const [record] = await collect({ ...noise100, rounds: 1, aggregation: { gatewayRounds: 3 }, selection, fleet });
    const sums = 1765 / 1e9;
    expect(record.gateways.aggregated[0]).toBeCloseTo(3 * (2 + sums), 9);
    expect(deviceIn(record, 2).status).toBe('late');
    expect(record.gateways.samples[0]).toBe(100);
  });
});

describe('the stretch schedule', () => {
  // An epoch at half a million multiply-accumulates a second: 0.168 J; a turn's transfers and radio: 0.2155 J.
  const figures = { 'device-1': { battery: 0.11, computeRate: 0.5 } };
  const epoch = (0.165 * TINY_MLP_MACS) / 0.5e6;
  const transfers = ((0.32 + 0.66) * 8 * TINY_MLP_BYTES) / 1e6 + 2 * 0.08;
  const capacity = 0.11 * 3.6 * 3.7 * 0.85;

  it.each([
    [{ gatewayRounds: 1, fogRounds: 1 }, 1, 4],
    [{ gatewayRounds: 2, fogRounds: 1 }, 2, 2],
    [{ gatewayRounds: 1, fogRounds: 2 }, 2, 2],
    [{ gatewayRounds: 3, fogRounds: 1 }, 3, 1],
    [{ mode: 'fed-buff', buffer: 1, gatewayRounds: 2, fogRounds: 2 }, 1, 4],
  ])('shares the battery over all rounds of a round: %o', async (aggregation, parts, epochs) => {
    const affordable = Math.floor((capacity / parts - transfers) / epoch);
    expect(Math.min(4, affordable)).toBe(epochs);
    const [record] = await collect({
      ...noise100,
      rounds: 1,
      aggregation,
      training: { localEpochs: 4 },
      power: { schedule: 'stretch', targetRounds: 1 },
      fleet: fleetOf(1, 1, 1, { mix: ['esp32'], figures }),
    });
    expect(deviceIn(record, 1)).toMatchObject({ status: 'trained', epochs, steps: parts * epochs * 7 });
    expect(deviceIn(record, 1).batteryLeft).toBeGreaterThan(0);
  });
});
