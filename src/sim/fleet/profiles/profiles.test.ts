import { describe, expect, it } from 'vitest';
import { microCnn, tinyMlp } from '../../testing/models.ts';
import { joulesOfBattery, macs } from '../../units.ts';
import { batteryCapacity, USABLE_SHARE } from '../battery.ts';
import { computeEnergy, computeTime, macRateOf, trainingMacs } from '../compute.ts';
import { deviceFigures } from '../figures.ts';
import { ramOf, trainingMemory } from '../memory.ts';
import { profileOf, profiles } from './index.ts';

const ramOfProfile = (id: string) => ramOf({ memory: profileOf(id).figures.memory.value });

describe('training memory', () => {
  it('lets TinyMLP train on a 32 KB board at batch 16, not at batch 64', () => {
    expect(trainingMemory(tinyMlp(), { batchSize: 16 })).toBe(23_656);
    expect(trainingMemory(tinyMlp(), { batchSize: 16 })).toBeLessThan(ramOfProfile('arduino'));
    expect(trainingMemory(tinyMlp(), { batchSize: 64 })).toBeGreaterThan(ramOfProfile('arduino'));
  });

  it('never fits the tutorial’s models on an Arduino Uno, nor MicroCNN on the 32 KB board', () => {
    expect(trainingMemory(tinyMlp(), { batchSize: 1 })).toBeGreaterThan(ramOfProfile('uno'));
    expect(trainingMemory(microCnn(), { batchSize: 1 })).toBeGreaterThan(ramOfProfile('uno'));
    expect(trainingMemory(microCnn(), { batchSize: 16 })).toBeGreaterThan(ramOfProfile('arduino'));
  });
});

describe('compute', () => {
  it('takes 3 × forward MACs × samples × epochs ÷ rate', () => {
    const work = trainingMacs(macs(1696), 100, 1);
    expect(work).toBe(508_800);
    expect(computeTime(work, macRateOf({ computeRate: 50 }))).toBeCloseTo(0.010176, 9);
    expect(computeEnergy({ activePower: 66 }, computeTime(work, macRateOf({ computeRate: 50 })))).toBeCloseTo(
      0.010176 * 0.066,
      9,
    );
  });

  it('agrees within an order of magnitude with the 70 mJ an epoch measured on an STM32F7 (Electronics 14(21):4311)', () => {
    const board = profileOf('stm32f746').figures;
    const time = computeTime(trainingMacs(macs(1696), 1000, 1), macRateOf({ computeRate: board.computeRate.value }));
    const energy = computeEnergy({ activePower: board.activePower.value }, time);
    expect(energy).toBeGreaterThan(0.007);
    expect(energy).toBeLessThan(0.7);
  });
});

describe('battery', () => {
  it('holds mAh × 3.6 × V × usable share, and mains never empties', () => {
    expect(joulesOfBattery(1000, 3.7)).toBeCloseTo(13_320, 6);
    expect(batteryCapacity({ battery: 1000, batteryVoltage: 3.7 })).toBeCloseTo(13_320 * USABLE_SHARE, 6);
    expect(batteryCapacity({ battery: 0, batteryVoltage: 5 })).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('profiles', () => {
  it('each have an id of their own', () => {
    expect(profiles.length).toBeGreaterThanOrEqual(17);
    expect(new Set(profiles.map((profile) => profile.id)).size).toBe(profiles.length);
  });

  for (const profile of profiles) {
    it(`${profile.label}: every figure lies within its range and says where it comes from`, () => {
      for (const [id, spec] of Object.entries(deviceFigures)) {
        const figure = profile.figures[id as keyof typeof deviceFigures];
        expect(figure.value, id).toBeGreaterThanOrEqual(spec.min);
        expect(figure.value, id).toBeLessThanOrEqual(spec.max);
        expect(figure.source.length, id).toBeGreaterThan(3);
      }
    });
  }
});
