import { describe, expect, it } from 'vitest';
import { settings } from '../../sim/experiment/experiment.ts';
import { positionOf, stopAt, stopsOf } from './stops.ts';

const rate = { min: 0.0001, max: 1, step: 0.0001, scale: 'log' } as const;
const rounds = { min: 1, max: 1000, step: 10, scale: 'linear' } as const;

describe('a slider’s stops', () => {
  it('rise from the least to the greatest value, for every setting', () => {
    for (const [path, setting] of settings) {
      if (setting.kind !== 'number') continue;
      const stops = stopsOf(setting);
      expect(stops[0], path).toBe(setting.min);
      expect(stops.at(-1), path).toBe(setting.max);
      for (let i = 1; i < stops.length; i++) expect(stops[i], path).toBeGreaterThan(stops[i - 1]);
    }
  });

  it('are round numbers on a log scale', () => {
    const stops = stopsOf(rate);
    for (const value of [0.001, 0.002, 0.005, 0.01, 0.05, 0.1, 0.5]) expect(stops).toContain(value);
  });

  it('are multiples of the step on a linear scale, whatever the least value is', () => {
    expect(stopsOf(rounds).slice(0, 4)).toEqual([1, 10, 20, 30]);
  });

  it('begin at 0 on a log scale that may be off, and go on from the step', () => {
    const stops = stopsOf({ min: 0, max: 10_000, step: 1, scale: 'log' });
    expect(stops.slice(0, 6)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(stops.length).toBeLessThan(150);
    const decay = stopsOf({ min: 0, max: 0.1, step: 0.00001, scale: 'log' });
    for (const value of [0, 0.00001, 0.0001, 0.0005, 0.001, 0.01, 0.1]) expect(decay).toContain(value);
  });

  it('lie where their value says, and values between them lie between', () => {
    const stops = stopsOf(rate);
    stops.forEach((stop, index) => {
      expect(positionOf(stops, stop)).toBe(index);
    });
    const position = positionOf(stops, 0.051);
    expect(position).toBeGreaterThan(stops.indexOf(0.05));
    expect(position).toBeLessThan(stops.indexOf(0.055));
  });

  it('are reached one after another by the arrow keys, from a value between them too', () => {
    const stops = stopsOf(rate);
    const typed = positionOf(stops, 0.051);
    expect(stopAt(stops, typed + 1, typed)).toBe(0.055);
    expect(stopAt(stops, typed - 1, typed)).toBe(0.05);
    const onStop = positionOf(stops, 0.05);
    expect(stopAt(stops, onStop + 1, onStop)).toBe(0.055);
    expect(stopAt(stops, onStop - 1, onStop)).toBe(0.045);
  });
});
