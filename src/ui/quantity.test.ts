import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { settings } from '../sim/experiment/experiment.ts';
import { deviceFigures, upperFigures } from '../sim/fleet/figures.ts';
import { formatQuantity, parseNumber, parseQuantity, tidy, toShown } from './quantity.ts';
import { stopsOf } from './shared/stops.ts';

describe('a number is read as people write it', () => {
  it.each([
    ['0,1', 0.1],
    ['1,5', 1.5],
    ['0.1', 0.1],
    [',5', 0.5],
    ['1.234,5', 1234.5],
    ['1,234.5', 1234.5],
    ['1.234.567,8', 1234567.8],
    ['1,234,567', 1234567],
    ['1 234,5', 1234.5],
    ['1\u202f234.5', 1234.5],
    ['1\u00a0234', 1234],
    ['1\u2009234\u2009567', 1234567],
    ["1'234.5", 1234.5],
    ['1e-3', 0.001],
    ['2,5E3', 2500],
    ['3.82 × 10¹³', 3.82e13],
    ['2×10^-3', 0.002],
    ['−3', -3],
    ['+4', 4],
    ['5.', 5],
    // A comma before three digits groups, as the page itself writes it; after a 0 it cannot, and a point never does.
    ['1,000', 1000],
    ['0,125', 0.125],
    ['1,0000', 1],
    ['1.000', 1],
    ['1 000,500', 1000.5],
  ])('%j is %d', (text, value) => {
    expect(parseNumber(text)).toBe(value);
  });

  it.each([
    '',
    '-',
    '1 2',
    '1,2,3',
    '1.2.3',
    '12,34.5',
    '1,23,456',
    '0x10',
    'Infinity',
    'NaN',
    '1e',
    '1e400',
    '--1',
    '2×103',
  ])('%j is no number', (text) => {
    expect(parseNumber(text)).toBeNull();
  });
});

describe('a quantity is read in any unit of its kind', () => {
  it.each([
    ['2 Mbit/s', 'kbit/s', 2000],
    ['2mbps', 'kbit/s', 2000],
    ['1 500 kbit / s', 'kbit/s', 1500],
    ['1 MB/s', 'kbit/s', 8000],
    ['250 ms', 's', 0.25],
    ['0,25s', 'ms', 250],
    ['1 d', 's', 86_400],
    ['2 h 30 min', 's', 9000],
    ['2h30m', 's', 9000],
    ['8:30', 'h', 8.5],
    ['2 GB', 'kB', 2_097_152],
    ['20 %', '%', 20],
    ['20%', '', 0.2],
    ['5 W', 'mW', 5000],
    ['100 µW', 'mW', 0.1],
    ['1 J', 'mJ', 1000],
    ['2 Ah', 'mAh', 2000],
    ['mains', 'mAh', 0],
    ['1 GMAC/s', 'MMAC/s', 1000],
    ['1,5×', '×', 1.5],
    ['1 round', 'rounds', 1],
  ])('%j in %s is %d', (text, unit, value) => {
    expect(parseQuantity(text, unit)).toBe(value);
  });

  it('a plain number has the unit that the field shows', () => {
    expect(parseQuantity('2', 'kbit/s', 'Mbit/s')).toBe(2000);
    expect(parseQuantity('2', 'kbit/s')).toBe(2);
    expect(parseQuantity('2', 's', 'd')).toBe(172_800);
  });

  it.each([
    ['2 GB', 'kbit/s'],
    ['5 s', 'mW'],
    ['3 apples', 'rounds'],
    ['30 min 2 h', 's'],
    ['2 h 30', 's'],
    // Bits or bytes: neither is guessed.
    ['2 mb/s', 'kbit/s'],
    ['abc', 's'],
    ['', 's'],
  ])('%j is nothing in %s', (text, unit) => {
    expect(parseQuantity(text, unit)).toBeNull();
  });
});

interface Numeric {
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly scale: 'linear' | 'log';
}

/** Every number that a field of the page shows, as it is shown: shares in per cent. */
const numbers: [string, Numeric][] = [
  ...[...settings].flatMap(([path, setting]): [string, Numeric][] => {
    if (setting.kind !== 'number') return [];
    const { min, max, step, shownTimes: times } = setting;
    return [[path, { ...setting, min: tidy(min * times), max: tidy(max * times), step: tidy(step * times) }]];
  }),
  ...Object.entries({ ...upperFigures, ...deviceFigures }),
];

describe.each(numbers)('what the field of %s shows', (_, { unit, min, max, step, scale }) => {
  it('is read as the value that it shows, at every stop of its slider', () => {
    // Stops are round in kB, and 1,100 kB are 1.074 MB to four digits: only there is anything rounded.
    const share = unit === 'kB' ? 5e-4 : 1e-12;
    for (const stop of stopsOf({ min, max, step, scale })) {
      const text = formatQuantity(stop, unit);
      expect(Math.abs((parseQuantity(text, unit) ?? Number.NaN) - stop), text).toBeLessThanOrEqual(stop * share);
    }
  });

  it('opens as the value itself, for every value of its range', () => {
    fc.assert(
      fc.property(fc.double({ min, max, noNaN: true }).map(tidy), (value) => {
        const { number, unit: shown } = toShown(value, unit);
        expect(parseQuantity(String(tidy(number)), unit, shown)).toBeCloseTo(
          value,
          11 - Math.ceil(Math.log10(max + 1)),
        );
        const text = formatQuantity(value, unit);
        expect(Math.abs((parseQuantity(text, unit) ?? Number.NaN) - value), text).toBeLessThanOrEqual(
          Math.abs(value) * 5e-4,
        );
      }),
      { numRuns: 50 },
    );
  });
});

it('one is not many', () => {
  expect(formatQuantity(1, 'samples')).toBe('1 sample');
  expect(formatQuantity(16, 'samples')).toBe('16 samples');
  expect(formatQuantity(1, 's')).toBe('1 s');
  expect(formatQuantity(1000, 'kbit/s')).toBe('1 Mbit/s');
});

it('times are shown in whole days, hours and minutes, else in parts', () => {
  const shown = [86_400, 3600, 5400, 90, 120, 4000, 0.05, 172_800, 90_000].map((seconds) =>
    formatQuantity(seconds, 's'),
  );
  expect(shown).toEqual(['1 d', '1 h', '90 min', '90 s', '2 min', '1 h 6 min 40 s', '0.05 s', '2 d', '25 h']);
});
