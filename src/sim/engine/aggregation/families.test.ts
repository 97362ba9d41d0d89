import { describe, expect, it } from 'vitest';
import { ExperimentError, parseExperiment } from '../../experiment/parse-experiment.ts';
import { buildTopology } from '../../fleet/topology.ts';
import { modelKinds } from '../../model/models.ts';
import { countWithStatus, durationOf, type RoundRecord } from '../../record/record.ts';
import { collect, noiseData } from '../../testing/collect.ts';
import { modelFor } from './families.ts';

const base = { data: noiseData, rounds: 3 };
const byRule = { families: { assignment: 'by-rule' } };
const held = { samples: 100, round: 1 };
const kindOf = ({ devices }: RoundRecord, number: number) => modelKinds[devices.model[devices.number.indexOf(number)]];

describe('the rule', () => {
  const experiment = parseExperiment({ ...byRule, fleet: { mix: ['esp32', 'arduino', 'raspberry-pi', 'uno'] } });
  const [esp32, arduino, pi] = buildTopology(experiment.fleet).devices;

  it('gives MicroCNN to a device with the memory and the processor for it', () => {
    expect([esp32, arduino, pi].map((device) => modelFor(device, 1, experiment, held))).toEqual([
      'micro-cnn',
      'tiny-mlp',
      'micro-cnn',
    ]);
  });

  it('gives MicroCNN only where it can be stored', () => {
    const figures = { 'device-1': { storage: 32, firmware: 50 } };
    const small = parseExperiment({ ...byRule, fleet: { mix: ['esp32'], figures } });
    const [device] = buildTopology(small.fleet).devices;
    // 16,384 B beside the firmware: 3,028 of MicroCNN and 205 samples of 65.
    expect(modelFor(device, 1, small, { samples: 205, round: 1 })).toBe('micro-cnn');
    expect(modelFor(device, 1, small, { samples: 206, round: 1 })).toBe('tiny-mlp');
  });

  it('falls back to TinyMLP on a low battery, and does as it is told by hand', () => {
    expect(modelFor(esp32, 0.1, experiment, held)).toBe('tiny-mlp');
    const byHand = parseExperiment({ ...byRule, fleet: { models: { 'device-3': 'tiny-mlp' } } });
    expect(modelFor(buildTopology(byHand.fleet).devices[2], 1, byHand, held)).toBe('tiny-mlp');
  });
});

describe('families', () => {
  it('train apart, side by side; who is too small for either sits out', async () => {
    const fleet = { mix: ['esp32', 'arduino', 'uno'] };
    const [record] = await collect({ ...base, ...byRule, fleet });
    expect([kindOf(record, 1), kindOf(record, 2)]).toEqual(['micro-cnn', 'tiny-mlp']);
    expect(countWithStatus(record, 'trained')).toBe(20);
    expect(countWithStatus(record, 'out of memory')).toBe(10);
    expect(record.families.map(({ kind, devices }) => [kind, devices])).toEqual([
      ['tiny-mlp', 20],
      ['micro-cnn', 10],
    ]);
    // 757 and 1,765 parameters.
    expect([record.devices.bytesUpRaw[0], record.devices.bytesUpRaw[1]]).toEqual([4 * 757, 4 * 1765]);
    expect(record.gateways.received[0]).toBe(7);
  });

  it('of one kind are the plain run', async () => {
    const all = {
      ...base,
      fleet: { models: Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`device-${i + 1}`, 'tiny-mlp'])) },
    };
    const alone = await collect({ ...all });
    const ruled = await collect({ ...all, families: { assignment: 'by-rule', distil: false } });
    expect(ruled.map((record) => record.devices)).toEqual(alone.map((record) => record.devices));
    expect(ruled[2].families[0].loss).toBe(alone[2].families[0].loss);
  });

  it('are kept in step by distillation, which can be left out', async () => {
    const [with_] = await collect({ ...base, ...byRule, rounds: 1 });
    const [without] = await collect({ ...base, families: { assignment: 'by-rule', distil: false }, rounds: 1 });
    expect(with_.families.every(({ distillation }) => Number.isFinite(distillation))).toBe(true);
    expect(without.families.every(({ distillation }) => Number.isNaN(distillation))).toBe(true);
    const [none] = await collect({ ...base, families: { assignment: 'by-rule', weight: 0 }, rounds: 1 });
    expect(none.families[0].distillation).toBeCloseTo(0, 6);
  });

  it('do not wait for a family in which nobody can take part', async () => {
    const [record] = await collect({ ...base, ...byRule, training: { batchSize: 64 }, rounds: 1 });
    expect(record.families.map(({ devices }) => devices > 0)).toEqual([true, true]);
    expect(record.straggler).not.toBe('');
    expect(durationOf(record)).toBeLessThan(10);
  });

  it('need synchronous rounds, and say so', () => {
    expect(() => parseExperiment({ ...byRule, aggregation: { mode: 'fed-buff' } })).toThrow(ExperimentError);
  });
});
