// What LoRaWAN's duty cycle does to rounds: the off time after a message delays the next one, also into the next round.

import { describe, expect, it } from 'vitest';
import { parseExperiment } from '../../experiment/parse-experiment.ts';
import { dataRateFor, loraMessage } from '../../network/lora.ts';
import { durationOf, type RoundRecord } from '../../record/record.ts';
import { collect, noiseData } from '../../testing/collect.ts';
import { dryRun } from '../dry-run.ts';

const SF12 = 0.25;
const SF7 = 5.47;
const one = { fogs: 1, gatewaysPerFog: 1, devicesPerGateway: 1, mix: ['lorawan'] };

/** A small model that comes down in one packet at SF7, and goes up in a few at SF12. */
const slowUp = {
  data: noiseData,
  rounds: 3,
  model: { hidden: 4 },
  compression: { device: { quantise: 'int8' }, down: { quantise: 'int2' } },
  fleet: { ...one, figures: { 'device-1': { uplink: SF12, downlink: SF7, latency: 0 } } },
};

const up = ({ devices }: RoundRecord) => loraMessage(devices.bytesUp[0], dataRateFor(250));
const down = ({ devices }: RoundRecord) => loraMessage(devices.bytesDown[0], dataRateFor(5470));
const onClock = (record: RoundRecord, column: 'downloadStart' | 'downloadEnd' | 'uploadStart' | 'uploadEnd') =>
  record.start + record.devices[column][0];

describe.each([
  ['synchronous rounds', {}],
  ['asynchronous rounds', { aggregation: { mode: 'fed-async', buffer: 1 } }],
])('in %s', (_, mode) => {
  const records = collect({ ...slowUp, ...mode });

  it('a message is not delayed by its own off time', async () => {
    const [first] = await records;
    expect(down(first).packets).toBe(1);
    expect(first.devices.downloadEnd[0] - first.devices.downloadStart[0]).toBeCloseTo(down(first).onAir, 9);
    expect(first.devices.uploadStart[0]).toBe(first.devices.computeEnd[0]);
    const { packets, onAir, offTimeWithin } = up(first);
    expect(packets).toBeGreaterThan(2);
    expect(first.devices.uploadEnd[0] - first.devices.uploadStart[0]).toBeCloseTo(onAir + offTimeWithin, 6);
  });

  it('the next round’s message waits until the rest of the off time has passed, each direction for itself', async () => {
    const [first, second, third] = await records;
    for (const [before, after] of [
      [first, second],
      [second, third],
    ]) {
      const upFree = onClock(before, 'uploadEnd') + up(before).offTimeAfter;
      expect(onClock(after, 'uploadStart')).toBeCloseTo(upFree, 6);
      expect(after.devices.uploadStart[0]).toBeGreaterThan(after.devices.computeEnd[0] + 1);
      expect(after.devices.offTimeUp[0]).toBeCloseTo(upFree - after.start, 6);
      // A small packet at SF7 is followed by less silence than the upload takes: the next download need not wait.
      expect(after.devices.offTimeDown[0]).toBe(0);
    }
  });

  it('waiting through off times costs idle power, and no time on air', async () => {
    const [, second] = await records;
    const { energyTransmit, energyIdle, computeEnd, downloadEnd } = second.devices;
    expect(energyTransmit[0]).toBeCloseTo((95.7 / 1000) * up(second).onAir, 6);
    const busy = up(second).onAir + down(second).onAir + computeEnd[0] - downloadEnd[0];
    expect(energyIdle[0]).toBeCloseTo((0.01 / 1000) * (durationOf(second) - busy), 6);
  });
});

it('a download waits for the off time of the gateway, when the upload is quicker than that', async () => {
  const figures = { uplink: SF7, downlink: SF12, latency: 0 };
  const compression = { device: { quantise: 'int2' }, down: { quantise: 'int8' } };
  const fleet = { ...one, figures: { 'device-1': figures } };
  const [first, second] = await collect({ ...slowUp, rounds: 2, compression, fleet });
  const free = onClock(first, 'downloadEnd') + loraMessage(first.devices.bytesDown[0], dataRateFor(250)).offTimeAfter;
  expect(onClock(second, 'downloadStart')).toBeCloseTo(free, 6);
});

it('within a cloud round of two gateway rounds, the second upload waits for the first one’s off time', async () => {
  const [record] = await collect({ ...slowUp, rounds: 1, aggregation: { gatewayRounds: 2 } });
  const { lane, activity, start, end } = record.timeline;
  const uploads = [...lane.keys()].filter((bar) => lane[bar] === 0 && activity[bar] === 2);
  expect(uploads).toHaveLength(2);
  // Both uploads are of one size.
  const half = loraMessage(record.devices.bytesUp[0] / 2, dataRateFor(250));
  expect(start[uploads[1]] - end[uploads[0]]).toBeCloseTo(half.offTimeAfter, 6);
});

it('rests out its off time between rounds that are far apart', async () => {
  const [, second] = await collect({ ...slowUp, rounds: 2, power: { interval: 86_400 } });
  expect(second.devices.offTimeUp[0]).toBe(0);
  expect(second.devices.uploadStart[0]).toBe(second.devices.computeEnd[0]);
});

it('is rehearsed with the off time that was left', async () => {
  const experiment = parseExperiment(slowUp);
  const [, second] = await collect(slowUp);
  expect(await dryRun(second, experiment)).toBeCloseTo(durationOf(second), 6);
});

describe('under a trace', () => {
  const full = { data: noiseData, fleet: { ...one, figures: { 'device-1': { uplink: SF7, downlink: SF7 } } } };

  it('jitter never changes the spreading factor: rounds differ by what is sent again, at most 1 ÷ 0.9', async () => {
    const [steady] = await collect({ ...full, rounds: 1 });
    const records = await collect({ ...full, rounds: 12, network: { trace: 'jitter' } });
    const longest = Math.max(...records.map(durationOf));
    const shortest = Math.min(...records.map(durationOf));
    expect(shortest).toBeGreaterThan(0.99 * durationOf(steady));
    expect(longest).toBeLessThan(1.12 * durationOf(steady) + 60);
    expect(longest).toBeGreaterThan(shortest);
  });

  it('the evening leaves 30 % at the slowest spreading factor too, and costs that much more energy', async () => {
    const at = async (startHour: number) => {
      const fleet = { ...one, figures: { 'device-1': { downlink: SF12 } } };
      const settings = { data: noiseData, rounds: 1, model: { hidden: 4 }, fleet, power: { startHour } };
      const [record] = await collect({ ...settings, network: { trace: 'day-night' } });
      return record.devices;
    };
    const [night, evening] = [await at(4), await at(20)];
    expect(evening.energyReceive[0] / night.energyReceive[0]).toBeCloseTo(1 / 0.3, 6);
    const time = ({ downloadStart, downloadEnd }: RoundRecord['devices']) => downloadEnd[0] - downloadStart[0];
    expect(time(evening)).toBeGreaterThan(3 * time(night));
  });
});
