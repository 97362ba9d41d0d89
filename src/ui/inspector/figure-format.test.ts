import { expect, it } from 'vitest';
import { deviceFigures } from '../../sim/fleet/figures.ts';
import { formatFigure } from './figure-format.ts';

const { uplink, memory, activePower, battery, computeRate, latency } = deviceFigures;

it('a figure is shown in the unit that people would use', () => {
  expect(formatFigure(uplink, 100)).toBe('100 kbit/s');
  expect(formatFigure(uplink, 20_000)).toBe('20 Mbit/s');
  expect(formatFigure(uplink, 0.25)).toBe('250 bit/s');
  expect(formatFigure(memory, 32)).toBe('32 kB');
  expect(formatFigure(memory, 1_048_576)).toBe('1 GB');
  expect(formatFigure(activePower, 2100)).toBe('2.1 W');
  expect(formatFigure(activePower, 9.6)).toBe('9.6 mW');
  expect(formatFigure(computeRate, 50)).toBe('50 MMAC/s');
  expect(formatFigure(latency, 10)).toBe('10 ms');
});

it('no battery is mains', () => {
  expect(formatFigure(battery, 0)).toBe('mains');
  expect(formatFigure(battery, 2000)).toBe('2,000 mAh');
});
