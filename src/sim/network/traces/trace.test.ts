// One suite for every trace of the registry, then what each of them is for.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultsOf, type OwnSettings, settingsOfAll } from '../../experiment/variants.ts';
import { Rng } from '../../random.ts';
import { traces } from './index.ts';
import type { Trace } from './trace.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;
const rng = new Rng('trace');
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
const times = (count: number, step: number) => Array.from({ length: count }, (_, at) => at * step);

const settings = defaultsOf(settingsOfAll(traces));
const registered: readonly (readonly [string, Trace<OwnSettings>])[] = Object.entries(traces);

describe.each(registered)('%s', (id, trace) => {
  it('is found under its own id and says what it does', () => {
    expect(trace.id).toBe(id);
    expect(trace.help).toMatch(/^\p{Lu}.*\.$/u);
  });

  it('has a rate above 0 and a loss from 0 to below 1, at any time', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e9, noNaN: true }), fc.integer(), (time, seed) => {
        const { rate, loss } = trace.at('device-7', time, settings, new Rng(seed));
        expect(rate).toBeGreaterThan(0);
        expect(rate).toBeLessThanOrEqual(1.1);
        expect(loss).toBeGreaterThanOrEqual(0);
        expect(loss).toBeLessThan(1);
      }),
    );
  });

  it('is the same in whatever order moments and links are asked for', () => {
    const moments = times(200, 17);
    const forwards = moments.map((time) => trace.at('device-7', time, settings, rng));
    const backwards = moments.toReversed().map((time) => {
      trace.at('device-8', time, settings, rng);
      return trace.at('device-7', time, settings, new Rng('trace'));
    });
    expect(backwards.reverse()).toEqual(forwards);
  });
});

const correlation = (a: readonly number[], b: readonly number[]) => {
  const [ma, mb] = [mean(a), mean(b)];
  const cross = (x: readonly number[], mx: number, y: readonly number[], my: number) =>
    mean(x.map((value, at) => (value - mx) * (y[at] - my)));
  return cross(a, ma, b, mb) / Math.sqrt(cross(a, ma, a, ma) * cross(b, mb, b, mb));
};

describe('jitter', () => {
  const rates = (link: string) => times(5000, 10).map((time) => traces.jitter.at(link, time, settings, rng).rate);

  it('is uniform within 10 % of the figure', () => {
    const drawn = rates('device-1');
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(0.9);
    expect(Math.max(...drawn)).toBeLessThan(1.1);
    expect(Math.abs(mean(drawn) - 1)).toBeLessThan(0.003);
    expect(mean(drawn.map((rate) => (rate - 1) ** 2))).toBeCloseTo(0.2 ** 2 / 12, 3);
  });

  it('holds for 10 s, then changes', () => {
    const rate = (time: number) => traces.jitter.at('device-1', time, settings, rng).rate;
    expect(rate(40)).toBe(rate(49.999));
    expect(rate(50)).not.toBe(rate(49.999));
  });

  it('is each link’s own', () => {
    expect(Math.abs(correlation(rates('device-1'), rates('gateway-1')))).toBeLessThan(0.05);
  });
});

describe('day and night', () => {
  const rate = (time: number) => traces['day-night'].at('device-1', time, settings, rng).rate;

  it('leaves 30 % at 20:00 and all at 4:00, every day and on every link', () => {
    for (const day of [0, 1, 30]) {
      expect(rate(day * DAY + 20 * HOUR)).toBeCloseTo(0.3, 9);
      expect(rate(day * DAY + 4 * HOUR)).toBeCloseTo(1, 9);
      expect(rate(day * DAY + 9 * HOUR)).toBeCloseTo(rate(9 * HOUR), 9);
    }
    expect(traces['day-night'].at('fog-1', 5000, settings, rng)).toEqual(
      traces['day-night'].at('device-1', 5000, settings, rng),
    );
  });

  it('falls from 4:00 to 20:00 and rises again, without a jump', () => {
    for (const time of times(1440, 60)) {
      const change = rate(time + 60) - rate(time);
      expect(Math.abs(change)).toBeLessThan(0.003);
      const falling = time >= 4 * HOUR && time < 20 * HOUR;
      if (falling) expect(change).toBeLessThan(0);
      else expect(change).toBeGreaterThan(0);
    }
  });

  it('leaves 65 % on average', () => {
    expect(mean(times(1440, 60).map(rate))).toBeCloseTo(0.65, 4);
  });
});

describe('bursts of loss', () => {
  const slots = (link: string) => times(40_000, 30).map((time) => traces.bursts.at(link, time, settings, rng).loss);
  const losses = slots('device-1');

  it('has two states: no loss, and 40 % of the packets', () => {
    expect([...new Set(losses)].sort()).toEqual([0, 0.4]);
  });

  it('is bad for a tenth of the time', () => {
    expect(Math.abs(mean(losses) / 0.4 - 0.1)).toBeLessThan(0.01);
  });

  it('stays bad for a while: 65 s on average, never less than a minute', () => {
    const lengths: number[] = [];
    losses.forEach((loss, at) => {
      if (loss === 0 || at === 0) return;
      if (losses[at - 1] === 0) lengths.push(1);
      else if (lengths.length > 0) lengths[lengths.length - 1]++;
    });
    expect(Math.min(...lengths.slice(0, -1))).toBe(2);
    expect(Math.abs(mean(lengths) * 30 - 65)).toBeLessThan(3);
  });

  it('holds within its 30 s and is each link’s own', () => {
    const at = losses.findIndex((loss, slot) => loss > 0 && losses[slot + 1] > 0 && losses[slot - 1] === 0);
    expect(traces.bursts.at('device-1', at * 30 + 29.9, settings, rng).loss).toBe(0.4);
    expect(traces.bursts.at('device-1', at * 30 - 0.1, settings, rng).loss).toBe(0);
    expect(Math.abs(correlation(losses, slots('device-2')))).toBeLessThan(0.03);
  });
});
