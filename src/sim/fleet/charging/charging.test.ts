// One suite for every source of the registry, then what each of them is for.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultsOf, type OwnSettings, settingsOfAll } from '../../experiment/variants.ts';
import { Rng } from '../../random.ts';
import type { Charging } from './charging.ts';
import { chargings } from './index.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;
const rng = new Rng('charging');
const anyTime = fc.double({ min: 0, max: 400 * DAY, noNaN: true });
const range = (count: number) => Array.from({ length: count }, (_, at) => at);

/** The mean of share by the midpoint rule. */
function numericalMean(charging: Charging<OwnSettings>, from: number, to: number, parts: number): number {
  const step = (to - from) / parts;
  return (
    range(parts).reduce((sum, at) => sum + charging.powerFraction(1, from + (at + 0.5) * step, settings, rng), 0) /
    parts
  );
}

const settings = defaultsOf(settingsOfAll(chargings));
const registered: readonly (readonly [string, Charging<OwnSettings>])[] = Object.entries(chargings);

describe.each(registered)('%s', (id, charging) => {
  it('is found under its own id and says what it does', () => {
    expect(charging.id).toBe(id);
    expect(charging.help).toMatch(/^\p{Lu}.*\.$/u);
  });

  it('gives a share from 0 to 1, and so is its mean', () => {
    fc.assert(
      fc.property(anyTime, fc.double({ min: 0, max: 30 * DAY, noNaN: true }), (time, span) => {
        for (const share of [
          charging.powerFraction(1, time, settings, rng),
          charging.meanPowerFraction(1, time, time + span, settings, rng),
        ]) {
          expect(share).toBeGreaterThanOrEqual(0);
          expect(share).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('has as mean the fine numerical average of its share', () => {
    fc.assert(
      fc.property(anyTime, fc.double({ min: 1, max: 3 * DAY, noNaN: true }), (from, span) => {
        const average = numericalMean(charging, from, from + span, 20_000);
        expect(Math.abs(charging.meanPowerFraction(1, from, from + span, settings, rng) - average)).toBeLessThan(3e-4);
      }),
      { numRuns: 25 },
    );
  });

  it('adds up: two spans charge as much as the one that joins them', () => {
    fc.assert(
      fc.property(fc.tuple(anyTime, anyTime, anyTime), (moments) => {
        const [from, between, to] = moments.toSorted((a, b) => a - b);
        const charge = (a: number, b: number) => charging.meanPowerFraction(1, a, b, settings, rng) * (b - a);
        expect(charge(from, between) + charge(between, to)).toBeCloseTo(charge(from, to), 3);
      }),
      { numRuns: 30 },
    );
  });

  it('is at an instant what its share is', () => {
    fc.assert(
      fc.property(anyTime, (time) => {
        expect(charging.meanPowerFraction(1, time, time, settings, rng)).toBe(
          charging.powerFraction(1, time, settings, rng),
        );
      }),
    );
  });
});

describe('none and mains', () => {
  it('give nothing and everything', () => {
    expect(chargings.none.meanPowerFraction(1, 0, DAY, settings, rng)).toBe(0);
    expect(chargings.mains.meanPowerFraction(1, 0, DAY, settings, rng)).toBe(1);
  });
});

describe('solar', () => {
  const share = (time: number, device = 1) => chargings.solar.powerFraction(device, time, settings, rng);

  it('is dark until 6:00 and from 18:00, most at noon, even about it', () => {
    for (const hour of [0, 3, 6, 18, 23.9]) expect(share(hour * HOUR)).toBe(0);
    for (const hour of [1, 3, 5.5]) {
      expect(share((12 - hour) * HOUR)).toBeCloseTo(share((12 + hour) * HOUR), 12);
      expect(share((12 - hour) * HOUR)).toBeLessThan(share(12 * HOUR));
      expect(share((12 - hour) * HOUR)).toBeGreaterThan(0);
    }
    expect(share(9 * HOUR)).toBeCloseTo(share(12 * HOUR) * Math.SQRT1_2, 12);
  });

  it('gives each day its clouds, the same for all devices', () => {
    const noons = range(2000).map((day) => share((day + 0.5) * DAY));
    expect(noons).toEqual(range(2000).map((day) => share((day + 0.5) * DAY, 99)));
    expect(Math.min(...noons)).toBeGreaterThanOrEqual(0.2);
    expect(Math.max(...noons)).toBeLessThan(1);
    expect(noons.reduce((a, b) => a + b) / 2000).toBeCloseTo(0.6, 1);
  });

  it('gives noon’s power ÷ π over a day, and 0.6 ÷ π over the years', () => {
    expect(chargings.solar.meanPowerFraction(1, 0, DAY, settings, rng)).toBeCloseTo(share(12 * HOUR) / Math.PI, 12);
    expect(Math.abs(chargings.solar.meanPowerFraction(1, 0, 2000 * DAY, settings, rng) - 0.6 / Math.PI)).toBeLessThan(
      0.006,
    );
  });
});

describe('overnight', () => {
  it('charges from 22:00 to 6:00 and gives a third of a day', () => {
    const shares = [0, 5.99, 6, 12, 21.99, 22, 23.99].map((hour) =>
      chargings.overnight.powerFraction(1, hour * HOUR, settings, rng),
    );
    expect(shares).toEqual([1, 1, 0, 0, 0, 1, 1]);
    for (const from of [0, 3, 12, 22.5]) {
      expect(chargings.overnight.meanPowerFraction(1, from * HOUR, from * HOUR + 7 * DAY, settings, rng)).toBeCloseTo(
        1 / 3,
        12,
      );
    }
    expect(chargings.overnight.meanPowerFraction(1, 20 * HOUR, 26 * HOUR, settings, rng)).toBeCloseTo(4 / 6, 12);
  });
});
