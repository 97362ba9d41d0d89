// One suite for every pattern of the registry, then what each of them is for.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OwnSettings } from '../../experiment/variants.ts';
import { Rng } from '../../random.ts';
import type { Availability } from './availability.ts';
import { availabilities } from './index.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;
const rng = new Rng('availability');
const settings = { meanOn: 600, meanOff: 300 };
const range = (count: number) => Array.from({ length: count }, (_, at) => at);
const shareOf = (states: readonly boolean[]) => states.filter(Boolean).length / states.length;

const registered: readonly (readonly [string, Availability<OwnSettings>])[] = Object.entries(availabilities);

describe.each(registered)('%s', (id, pattern) => {
  it('is found under its own id and says what it does', () => {
    expect(pattern.id).toBe(id);
    expect(pattern.help).toMatch(/^\p{Lu}.*\.$/u);
  });

  it('is the same in whatever order moments and devices are asked for', () => {
    const moments = range(300).map((at) => at * 977);
    const forwards = moments.map((time) => pattern.isOn(7, time, settings, rng));
    const backwards = moments.toReversed().map((time) => {
      pattern.isOn(8, time, settings, rng);
      return pattern.isOn(7, time, settings, new Rng('availability'));
    });
    expect(backwards.reverse()).toEqual(forwards);
  });
});

describe('always', () => {
  it('is always', () => {
    expect(availabilities.always.isOn(1, 1e9, settings, rng)).toBe(true);
  });
});

describe('daily hours', () => {
  const isOn = (device: number, time: number) => availabilities.diurnal.isOn(device, time, settings, rng);

  it('are 10 a day in one piece, the same every day', () => {
    for (const device of [1, 2, 3, 4, 5]) {
      const minutes = range(1440).map((minute) => isOn(device, minute * 60));
      expect(shareOf(minutes)).toBeCloseTo(10 / 24, 2);
      const switches = minutes.filter((on, at) => on !== minutes[(at + 1439) % 1440]).length;
      expect(switches).toBe(2);
      expect(range(1440).map((minute) => isOn(device, 9 * DAY + minute * 60))).toEqual(minutes);
    }
  });

  it('differ from device to device, so that 10 of 24 devices are on at any moment', () => {
    for (const hour of [0, 5, 11, 18, 23]) {
      expect(Math.abs(shareOf(range(3000).map((device) => isOn(device, hour * HOUR))) - 10 / 24)).toBeLessThan(0.03);
    }
  });
});

describe('random on and off', () => {
  const isOn = (device: number, time: number, given = settings) => availabilities.random.isOn(device, time, given, rng);

  it('is on for meanOn ÷ (meanOn + meanOff), at every moment and over time', () => {
    for (const time of [0, 1, 450, 900 * 32 - 1, 900 * 32, 1e6]) {
      expect(Math.abs(shareOf(range(4000).map((device) => isOn(device, time))) - 2 / 3)).toBeLessThan(0.025);
    }
    expect(Math.abs(shareOf(range(30_000).map((at) => isOn(1, at * 100))) - 2 / 3)).toBeLessThan(0.03);
  });

  it('stays on and off for the given means, in exponential spans', () => {
    const spans: Record<'on' | 'off', number[]> = { on: [], off: [] };
    for (const device of range(8)) {
      let since = 0;
      for (let time = 5; time < 150_000; time += 5) {
        const before = isOn(device, time - 5);
        if (isOn(device, time) === before) continue;
        spans[before ? 'on' : 'off'].push(time - since);
        since = time;
      }
    }
    const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
    const spread = (values: readonly number[]) => Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2)));
    expect(Math.abs(mean(spans.on) / 600 - 1)).toBeLessThan(0.1);
    expect(Math.abs(mean(spans.off) / 300 - 1)).toBeLessThan(0.1);
    expect(Math.abs(spread(spans.on) / mean(spans.on) - 1)).toBeLessThan(0.1);
  });

  it('never goes off with a mean of 0 off, and never on with a mean of 0 on', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), fc.double({ min: 0, max: 1e7, noNaN: true }), (device, time) => {
        expect(isOn(device, time, { meanOn: 600, meanOff: 0 })).toBe(true);
        expect(isOn(device, time, { meanOn: 0, meanOff: 300 })).toBe(false);
      }),
    );
  });

  it('asks no more of a moment far away, nor of short means', () => {
    const cost = (from: number, given: typeof settings) => {
      const start = performance.now();
      for (const device of range(5000)) isOn(device, from + device, given);
      return performance.now() - start;
    };
    cost(0, settings);
    expect(cost(1e9, settings)).toBeLessThan(2000);
    expect(cost(1e9, { meanOn: 0.01, meanOff: 0.01 })).toBeLessThan(2000);
  });
});
