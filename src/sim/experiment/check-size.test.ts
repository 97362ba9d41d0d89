import { describe, expect, it } from 'vitest';
import { collect, noiseData } from '../testing/collect.ts';
import { applyChanges } from './edits.ts';
import { defaultExperiment, settings } from './experiment.ts';
import { parseExperiment } from './parse-experiment.ts';

/** 100, 1,000 or 10,000 devices. */
const fleetOf = (devices: number) =>
  devices === 10_000
    ? { fogs: 8, gatewaysPerFog: 16, devicesPerGateway: 78, added: extra }
    : { fogs: 1, gatewaysPerFog: 10, devicesPerGateway: devices / 10 };
/** 8 × 16 × 78 are 9,984. */
const extra = Array.from({ length: 16 }, (_, index) => ({ id: `device-${9985 + index}`, parent: 'gateway-1' }));

describe('ranges', () => {
  it.each([
    ['data.alpha', 0.001, 10_000],
    ['data.quantityBeta', 0.001, 10_000],
    ['data.samplesPerDevice', 10, 5000],
    ['rounds', 1, 10_000],
    ['seed', 0, 2 ** 32 - 1],
    ['aggregation.serverLearningRate', 0.001, 10],
    ['aggregation.gatewayRounds', 1, 100],
    ['aggregation.fogRounds', 1, 100],
    ['selection.count', 0, 10_000],
    ['training.localSteps', 0, 10_000],
    ['pruning.begin', 1, 10_000],
    ['power.targetRounds', 1, 10_000],
  ])('of %s go from %d to %d, as published configurations do', (path, min, max) => {
    expect(settings.get(path)).toMatchObject({ min, max });
    for (const value of [min, max]) expect(applyChanges(defaultExperiment, [{ path, value }])).toBeTruthy();
  });
});

describe('products that no browser could hold', () => {
  it.each([
    [
      { fleet: fleetOf(10_000), data: { samplesPerDevice: 5000 } },
      'data.samplesPerDevice: 5,000 samples × 10,000 devices are 50,000,000; at most 5,000,000 are possible, 500 a device.',
    ],
    [
      { fleet: fleetOf(1000), training: { localSteps: 10_000, batchSize: 128 } },
      'training.localSteps: 1,000,000 samples trained on in a round × 1,000 devices are 1,000,000,000; at most 100,000,000 are possible, 100,000 a device.',
    ],
    [
      { fleet: fleetOf(10_000), data: { samplesPerDevice: 500 }, training: { localEpochs: 20 }, rounds: 10_000 },
      'rounds: 10,000 records × 10,000 devices are 100,000,000; at most 10,000,000 are possible, 1,000 rounds.',
    ],
    [
      { fleet: fleetOf(100), aggregation: { gatewayRounds: 100, fogRounds: 100 } },
      'aggregation.gatewayRounds: 100 gateway rounds × 100 fog rounds × 100 devices are 1,000,000; at most 300,000 are possible, 3,000 a device.',
    ],
  ])('are refused in one sentence that says what is possible (%#)', (input, sentence) => {
    expect(() => parseExperiment(input)).toThrow(sentence);
  });

  it('are refused in a live edit too', () => {
    const large = parseExperiment({ fleet: fleetOf(10_000) });
    expect(() => applyChanges(large, [{ path: 'rounds', value: 10_000 }])).toThrow('are 100,000,000');
    const long = parseExperiment({ rounds: 10_000, fleet: fleetOf(1000) });
    const added = [{ id: 'device-1001', parent: 'gateway-1' }];
    expect(() => applyChanges(long, [{ path: 'fleet.added', value: added }])).toThrow(
      'rounds: 10,000 records × 1,001 devices are 10,010,000',
    );
  });

  it('leave every single setting its whole range in the default fleet, and the largest fleet what it had', () => {
    expect(parseExperiment({ rounds: 10_000, data: { samplesPerDevice: 5000 } }).rounds).toBe(10_000);
    expect(parseExperiment({ aggregation: { gatewayRounds: 100, fogRounds: 100 } }).aggregation.fogRounds).toBe(100);
    const largest = { fleet: fleetOf(10_000), data: { samplesPerDevice: 500 }, training: { localEpochs: 20 } };
    expect(parseExperiment({ ...largest, rounds: 1000, aggregation: { gatewayRounds: 5, fogRounds: 5 } })).toBeTruthy();
  });

  it('do not count periods that asynchronous learning has not', () => {
    const periods = { gatewayRounds: 100, fogRounds: 100 };
    expect(parseExperiment({ fleet: fleetOf(100), aggregation: { mode: 'fed-buff', ...periods } })).toBeTruthy();
  });
});

it('the extremes of each range run', async () => {
  const small = { data: noiseData, fleet: { fogs: 1, gatewaysPerFog: 1, devicesPerGateway: 3 }, rounds: 2 };
  for (const more of [
    { data: { ...noiseData, alpha: 0.001 } },
    { data: { ...noiseData, alpha: 10_000 } },
    { data: { ...noiseData, partition: 'quantity', quantityBeta: 0.001 } },
    { data: { ...noiseData, partition: 'quantity', quantityBeta: 10_000 } },
    { seed: 2 ** 32 - 1 },
    { aggregation: { serverLearningRate: 10 } },
    { aggregation: { gatewayRounds: 100, fogRounds: 2 } },
    { training: { learningRateDecay: 0 } },
  ]) {
    const records = await collect({ ...small, ...more });
    expect(records, JSON.stringify(more)).toHaveLength(2);
  }
});
