import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Rng } from '../../../random.ts';
import { tutorialTask } from '../../../testing/models.ts';
import type { LabelledData } from '../../dataset.ts';
import { parseWeather } from './weather-csv.ts';
import { weatherStations } from './weather-stations.ts';

const { features: FEATURES, classes: CLASSES } = tutorialTask;

const csv = readFileSync(
  new URL('../../../../../node_modules/vega-datasets/data/weather.csv', import.meta.url),
  'utf8',
);
const open = (text: string, devices = 30) =>
  weatherStations.open({ devices, rng: new Rng('weather'), settings: {}, readAsset: async () => text });
const rowsOf = (data: LabelledData) =>
  Array.from(data.labels, (_, i) => data.features.slice(i * FEATURES, (i + 1) * FEATURES).join());

test('the file holds four years of two cities', () => {
  const days = parseWeather(csv);
  expect(days).toHaveLength(2 * 1461);
  expect(days[0]).toEqual({
    city: 0,
    day: 15340,
    year: 2012,
    readings: { precipitation: 0, temp_max: 12.8, temp_min: 5, wind: 4.7 },
    label: 0,
  });
});

test('trains on 2012–2014 and tests on 2015, less the three days that open each', async () => {
  const source = await open(csv);
  expect(source.test.labels).toHaveLength(2 * (365 - 3));
  expect(source.samplesPerDeviceLimit).toBe(Math.floor((2 * (1096 - 3)) / 30));
  expect(source.prior.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
});

test('no row of the test set is ever handed to a device', async () => {
  const source = await open(csv);
  const held = new Set(rowsOf(source.test));
  for (let id = 1; id <= 30; id++) {
    const rows = rowsOf(source.take(id, { samples: source.samplesPerDeviceLimit, mix: source.prior, ownGroup: false }));
    for (const row of rows) expect(held.has(row)).toBe(false);
  }
});

test('features are ordered by sensor, then by day, the classified day last', async () => {
  const header = 'location,date,precipitation,temp_max,temp_min,wind,weather';
  const rows = ['Seattle', 'New York'].flatMap((city) =>
    ['2014', '2015'].flatMap((year) =>
      [1, 2, 3, 4].map((day) => `${city},${year}-06-0${day},0,${15 + 10 * day},8,4,${day === 4 ? 'fog' : 'sun'}`),
    ),
  );
  const { test: held } = await open([header, ...rows].join('\n'), 2);
  expect([...held.labels]).toEqual([1, 1]);
  const expected = [-0.5, -0.5, -0.5, -0.5, 1, 2, 3, 4, 0, 0, 0, 0, 0, 0, 0, 0];
  expect([...held.features]).toEqual([...expected, ...expected]);
  expect(weatherStations.task.featureNames[7]).toBe('temp max, today');
});

test('odd devices stand in Seattle, even ones in New York', async () => {
  const source = await open(csv);
  // Seattle's winters of 2012–2014 had snow on 26 days, New York's on 73.
  const snow = weatherStations.task.classNames.indexOf('snow');
  expect(source.groupPrior?.(1)[snow]).toBeCloseTo(26 / 1093, 3);
  expect(source.groupPrior?.(2)[snow]).toBeCloseTo(73 / 1093, 3);
});

test('features are about unit size in every column', async () => {
  const { features } = (await open(csv)).test;
  for (let column = 0; column < FEATURES; column++) {
    const values = features.filter((_, i) => i % FEATURES === column);
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    const spread = Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length);
    expect(Math.abs(mean)).toBeLessThan(0.5);
    expect(spread).toBeGreaterThan(0.5);
    expect(spread).toBeLessThan(1.5);
  }
});

describe('a malformed file is one clear sentence', () => {
  const good = csv.split('\n').slice(0, 5);
  const broken = (line: number, row: string) => good.map((text, i) => (i === line - 1 ? row : text)).join('\n');
  test.each([
    ['', 'weather.csv has no column "location" in its first line.'],
    ['<!doctype html>', 'weather.csv has no column "location" in its first line.'],
    [broken(3, 'Seattle,2012-01-02,10.9'), 'weather.csv, line 3 has 3 cells where the first line has 7.'],
    [
      broken(3, 'Seattle,2012-01-02,10.9,warm,2.8,4.5,rain'),
      'weather.csv, line 3: temp_max is "warm", which is not a number.',
    ],
    [broken(4, 'Seattle,2012-01-03,0.8,,7.2,2.3,rain'), 'weather.csv, line 4: temp_max is "", which is not a number.'],
    [broken(4, 'Seattle,2012-01-03,-1,1,1,1,rain'), 'weather.csv, line 4: precipitation is negative.'],
    [broken(2, 'Seattle,1/1/2012,0,1,1,1,rain'), 'weather.csv, line 2: "1/1/2012" is not a date like 2012-01-31.'],
    [
      broken(2, 'Boston,2012-01-01,0,1,1,1,rain'),
      'weather.csv, line 2: "Boston" is no city that Fogline knows (Seattle, New York).',
    ],
    [
      broken(2, 'Seattle,2012-01-01,0,1,1,1,hail'),
      'weather.csv, line 2: "hail" is no weather that Fogline knows (drizzle, fog, rain, snow, sun).',
    ],
    ...['2012-02-30', '2013-02-29', '2012-13-01', '2012-04-31', '2012-00-10', '2012-01-00'].map((date) => [
      broken(2, `Seattle,${date},0,1,1,1,rain`),
      `weather.csv, line 2: "${date}" is not a date like 2012-01-31.`,
    ]),
    // 1e39 is beyond float32, which the samples are kept in.
    ...['0x10', '0b1', '0o7', '1_000', '1,5', '1e', 'Infinity', 'NaN', '.', '1e39', '١'].map((text) => [
      broken(4, `Seattle,2012-01-03,0.8,${text.replace(',', ';')},7.2,2.3,rain`),
      `weather.csv, line 4: temp_max is "${text.replace(',', ';')}", which is not a number.`,
    ]),
    [
      broken(4, 'Seattle,2012-01-03,0.8,\u001b[2J,7.2,2.3,rain'),
      'weather.csv, line 4: temp_max is "\\u001b[2J", which is not a number.',
    ],
    [good.join('\n'), 'weather.csv lacks four consecutive days of Seattle and New York before 2015 or in 2015.'],
  ])('%j', async (text, message) => {
    await expect(open(text)).rejects.toThrow(message);
  });

  test('29 February of a leap year is a date, and 1e1, -.5, +3. and 007 are numbers', () => {
    const [{ day, year, readings }] = parseWeather(`${good[0]}\nSeattle,2012-02-29,1e1, -.5 ,+3.,007,rain`);
    expect([day, year]).toEqual([Date.UTC(2012, 1, 29) / 86_400_000, 2012]);
    expect(readings).toEqual({ precipitation: 10, temp_max: -0.5, temp_min: 3, wind: 7 });
  });

  test('Windows line ends and a byte-order mark are no fault', () => {
    expect(parseWeather(`\uFEFF${csv.replaceAll('\n', '\r\n')}`)).toEqual(parseWeather(csv));
  });
});

test('the classes are the five that the models can tell apart', () => {
  expect(weatherStations.task.classNames).toHaveLength(CLASSES);
});
