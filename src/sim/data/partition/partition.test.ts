// One suite for every partition of the registry, then what each of them is for.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultsOf, settingsOfAll } from '../../experiment/variants.ts';
import { Rng } from '../../random.ts';
import { largestRemainder } from '../class-counts.ts';
import { deviceShareOf, type PartitionId, type PartitionSettings, partitionIds, partitions } from './index.ts';
import { MAX_TIMES_MEAN, MIN_SAMPLES } from './quantity.ts';

const K = 5;
const even = new Float64Array(K).fill(1 / K);
const skewed = Float64Array.of(0.04, 0.03, 0.39, 0.04, 0.5);
const rng = new Rng('partition');

const settingsOf = (partition: PartitionId, change: Partial<PartitionSettings> = {}): PartitionSettings => ({
  ...defaultsOf(settingsOfAll(partitions)),
  partition,
  samplesPerDevice: 100,
  devices: 200,
  ...change,
});
const sharesOf = (settings: PartitionSettings, devices = 200, prior = even) =>
  Array.from({ length: devices }, (_, i) => deviceShareOf(settings, i + 1, prior, rng));
const mean = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0) / numbers.length;

describe.each(partitionIds)('%s', (id) => {
  test('is found under its own id', () => {
    expect(partitions[id].id).toBe(id);
  });

  test('a mix sums to one, holds no negative share, and samples are a positive whole number', () => {
    fc.assert(
      fc.property(
        fc.record({
          alpha: fc.double({ min: 0.01, max: 1000, noNaN: true }),
          classesPerDevice: fc.integer({ min: 1, max: K }),
          quantityBeta: fc.double({ min: 0.05, max: 100, noNaN: true }),
          similarity: fc.double({ min: 0, max: 1, noNaN: true }),
          devices: fc.integer({ min: 1, max: 10_000 }),
          ownGroup: fc.boolean(),
          samplesPerDevice: fc.integer({ min: 8, max: 1000 }),
        }),
        fc.integer({ min: 1, max: 10_000 }),
        fc.constantFrom(even, skewed, Float64Array.of(0, 1, 0, 0, 0)),
        (change, deviceId, prior) => {
          const { mix, samples } = deviceShareOf(settingsOf(id, change), deviceId, prior, rng);
          expect(mix).toHaveLength(K);
          expect(mix.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
          expect(Math.min(...mix)).toBeGreaterThanOrEqual(0);
          expect(Number.isInteger(samples) && samples >= 1).toBe(true);
        },
      ),
    );
  });

  test('a share depends on the seed and the device, not on who was asked before', () => {
    const settings = settingsOf(id);
    const all = sharesOf(settings, 20);
    expect(deviceShareOf(settings, 13, even, new Rng('partition'))).toEqual(all[12]);
  });

  test('options that it does not list change nothing', () => {
    const changes = { alpha: 9, classesPerDevice: 4, quantityBeta: 9, similarity: 0.7, ownGroup: false } as const;
    for (const option of ['alpha', 'classesPerDevice', 'quantityBeta', 'similarity', 'ownGroup'] as const) {
      const changed = sharesOf(settingsOf(id, { [option]: changes[option] }), 10);
      if (option in partitions[id].settings) expect(changed).not.toEqual(sharesOf(settingsOf(id), 10));
      else expect(changed).toEqual(sharesOf(settingsOf(id), 10));
    }
  });

  test('says beforehand whose samples its devices draw', () => {
    for (const ownGroup of [true, false]) {
      const settings = settingsOf(id, { ownGroup });
      for (const { ownGroup: own } of sharesOf(settings, 5)) expect(own).toBe(partitions[id].ownGroup(settings));
    }
  });
});

test('IID mixes all groups, "own place" none', () => {
  for (const ownGroup of [true, false]) {
    expect(partitions.iid.ownGroup(settingsOf('iid', { ownGroup }))).toBe(false);
    expect(partitions.group.ownGroup(settingsOf('group', { ownGroup }))).toBe(true);
  }
});

test('Dirichlet: a large α approaches the natural mix, a small one a single class', () => {
  for (const prior of [even, skewed]) {
    for (const { mix } of sharesOf(settingsOf('dirichlet', { alpha: 1e5 }), 50, prior)) {
      mix.forEach((own, label) => {
        expect(Math.abs(own - prior[label])).toBeLessThan(0.01);
      });
    }
    const largest = sharesOf(settingsOf('dirichlet', { alpha: 0.01 }), 200, prior).map(({ mix }) => Math.max(...mix));
    expect(mean(largest)).toBeGreaterThan(0.95);
  }
});

test('Dirichlet: over many devices the classes average to the natural mix', () => {
  const shares = sharesOf(settingsOf('dirichlet'), 4000, skewed);
  skewed.forEach((natural, label) => {
    expect(Math.abs(mean(shares.map(({ mix }) => mix[label])) - natural)).toBeLessThan(0.03);
  });
});

test.each([1, 2, 3, 4, 5])('few classes each: %i equal parts, and the first ⌈5/k⌉ devices cover all', (k) => {
  const shares = sharesOf(settingsOf('classes', { classesPerDevice: k }), 50);
  for (const { mix } of shares) expect([...mix].filter((own) => own === 1 / k)).toHaveLength(k);
  const covered = (devices: number) =>
    even.filter((_, label) => shares.slice(0, devices).some(({ mix }) => mix[label] > 0)).length;
  expect(covered(Math.ceil(K / k))).toBe(K);
  // Whole blocks of K devices hold every class equally often.
  even.forEach((_, label) => {
    expect(shares.filter(({ mix }) => mix[label] > 0)).toHaveLength((50 * k) / K);
  });
});

test('few classes each: not every block deals the same pairs', () => {
  const pairs = sharesOf(settingsOf('classes'), 100).map(({ mix }) => [...mix.keys()].filter((i) => mix[i] > 0).join());
  expect(new Set(pairs).size).toBeGreaterThan(5);
});

test('unequal amounts: the mean stays, the spread grows as β shrinks, and nobody is left without a batch', () => {
  const counts = (quantityBeta: number) =>
    sharesOf(settingsOf('quantity', { quantityBeta }), 4000).map(({ samples }) => samples);
  expect(Math.abs(mean(counts(1)) - 100)).toBeLessThan(5);
  const spread = (numbers: readonly number[]) => Math.sqrt(mean(numbers.map((n) => (n - mean(numbers)) ** 2)));
  expect(spread(counts(0.5))).toBeGreaterThan(spread(counts(5)));
  expect(Math.min(...counts(0.1))).toBe(MIN_SAMPLES);
  expect(Math.max(...counts(0.1))).toBe(MAX_TIMES_MEAN * 100);
});

describe('s % similar', () => {
  const dealt = (similarity: number, devices: number, prior = even, samplesPerDevice = 100) =>
    sharesOf(settingsOf('similarity', { similarity, devices, samplesPerDevice }), devices, prior);

  test.each([even, skewed])('100 % is IID', (prior) => {
    const iid = sharesOf(settingsOf('iid'), 30, prior);
    for (const [i, { mix, samples }] of dealt(1, 30, prior).entries()) {
      expect(samples).toBe(iid[i].samples);
      mix.forEach((own, label) => {
        expect(own).toBeCloseTo(iid[i].mix[label], 12);
      });
    }
  });

  test('0 % is sorted: one class a device where they divide evenly, else no more than meet in its part', () => {
    for (const [i, { mix }] of dealt(0, 30).entries()) expect(mix[Math.floor(i / 6)]).toBe(1);
    for (const devices of [7, 30, 100]) {
      for (const { mix } of dealt(0, devices)) expect([...mix].filter((own) => own > 0).length).toBeLessThanOrEqual(2);
    }
    // One device has them all.
    const [{ mix: all }] = dealt(0, 1, skewed);
    for (const [label, natural] of skewed.entries()) expect(all[label]).toBeCloseTo(natural, 12);
  });

  test('10 % is a tenth of IID and nine tenths of sorted', () => {
    const [{ mix }] = dealt(0.1, 30);
    expect([...largestRemainder(100, mix)]).toEqual([92, 2, 2, 2, 2]);
  });

  test.each([0, 0.1, 0.5, 1])('%s: all devices together hold exactly the natural mix', (similarity) => {
    for (const prior of [even, skewed]) {
      const shares = dealt(similarity, 30, prior);
      prior.forEach((natural, label) => {
        expect(mean(shares.map(({ mix }) => mix[label]))).toBeCloseTo(natural, 9);
      });
    }
  });

  test('a device that is added later takes a part again', () => {
    const settings = settingsOf('similarity', { similarity: 0, devices: 30 });
    expect(deviceShareOf(settings, 31, even, rng)).toEqual(deviceShareOf(settings, 1, even, rng));
  });
});
