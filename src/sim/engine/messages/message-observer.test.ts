import { describe, expect, test } from 'vitest';
import { makeCodec } from '../../compression/index.ts';
import { collect, noiseData } from '../../testing/collect.ts';
import type { ObservedMessage } from './message-observer.ts';

async function watchRun(settings: object) {
  const messages: ObservedMessage[] = [];
  const experiment = { data: noiseData, fleet: { devicesPerGateway: 3 }, rounds: 3, ...settings };
  const records = await collect(experiment, { onMessage: (message) => messages.push(message) });
  const sent = (round: number, direction: string, tier: string) =>
    messages
      .filter((each) => each.round === round && each.direction === direction && each.node.startsWith(tier))
      .reduce((sum, { packet }) => sum + packet.length, 0);
  return { messages, records, sent };
}

const total = (column: Float64Array) => column.reduce((a, b) => a + b, 0);

describe.each([
  ['one gateway round', {}],
  ['several gateway and fog rounds', { aggregation: { gatewayRounds: 2, fogRounds: 2 } }],
  ['every copy on its own, without a cache', { network: { cache: false } }],
  ['asynchronous', { aggregation: { mode: 'fed-buff', buffer: 4 } }],
  ['two families', { families: { assignment: 'by-rule' } }],
  ['a deadline', { selection: { deadline: 1 } }],
  ['differences', { compression: { down: { difference: true } } }],
] as const)('watching a run: %s', (_, settings) => {
  test('shows every byte that the record counts, up and down', async () => {
    const { records, sent } = await watchRun(settings);
    for (const { round, devices, gateways, fogs } of records) {
      expect(sent(round, 'up', 'device')).toBe(total(devices.bytesUp));
      expect(sent(round, 'up', 'gateway')).toBe(total(gateways.bytesUp));
      expect(sent(round, 'up', 'fog')).toBe(total(fogs.bytesUp));
      expect(sent(round, 'down', 'device')).toBe(total(devices.bytesDown));
      expect(sent(round, 'down', 'gateway')).toBe(total(gateways.bytesDown));
      expect(sent(round, 'down', 'fog')).toBe(total(fogs.bytesDown));
    }
  });

  test('hands over what was encoded', async () => {
    const { messages } = await watchRun(settings);
    const exact = makeCodec({ sparsify: 'none', keep: 1, quantise: 'fp32' });
    expect(messages.length).toBeGreaterThan(20);
    for (const { before, packet, codec } of messages) {
      expect(codec).toBe('FP32');
      // toEqual takes its time over thousands of floats.
      const { values } = exact.decode(packet);
      expect(values.length).toBe(before.length);
      expect(values.every((value, i) => Object.is(value, before[i]))).toBe(true);
    }
  });
});

test('watching changes nothing', async () => {
  const settings = { compression: { device: { quantise: 'int4', rounding: 'stochastic' } } };
  const { records } = await watchRun(settings);
  expect(records).toEqual(await collect({ data: noiseData, fleet: { devicesPerGateway: 3 }, rounds: 3, ...settings }));
});
