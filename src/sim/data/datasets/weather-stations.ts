// Weather stations: real daily observations of Seattle and New York, 2012 to 2015 (NOAA, as the vega-datasets package
// prepares them). A station knows four sensors over four days and is to say what the weather of the last day was. It
// trains on 2012–2014 and is tested on 2015, in both cities: the future, and places whose climates differ.

import { DataError } from '../data-error.ts';
import type { DataSource, Dataset, DatasetContext, LabelledData } from '../dataset.ts';
import { poolSource } from '../pool.ts';
import { namedTask } from '../task.ts';
import {
  cities,
  parseWeather,
  type Sensor,
  sensors,
  type WeatherDay,
  weatherClasses,
  weatherFile,
} from './weather-csv.ts';

/** Days in a window; the last one is the day that is classified. */
const DAYS = 4;
const TEST_YEAR = 2015;

// Sensors to about unit size by fixed physical constants, the same in both cities: nothing is fitted to the data, so no
// device learns another's statistics. Precipitation goes by its logarithm, because trace or none matters most.
const scale: Readonly<Record<Sensor, (reading: number) => number>> = {
  precipitation: (millimetres) => Math.log1p(millimetres / 0.2) / 2 - 0.5,
  temp_max: (celsius) => (celsius - 15) / 10,
  temp_min: (celsius) => (celsius - 8) / 8,
  wind: (metresPerSecond) => (metresPerSecond - 4) / 2,
};

interface Samples extends LabelledData {
  readonly groups: Uint8Array;
}

/**
 * Windows of four consecutive days that lie wholly inside the years asked for: no day is seen in training and in the test.
 * Features are ordered by sensor and, within a sensor, by time, so that a width-3 convolution sees three days of one
 * sensor and each of the four pooled cells of MicroCNN holds one sensor.
 */
function windows(days: readonly WeatherDay[], wanted: (year: number) => boolean): Samples {
  const features: number[] = [];
  const labels: number[] = [];
  const groups: number[] = [];
  for (let city = 0; city < cities.length; city++) {
    const own = days.filter((day) => day.city === city && wanted(day.year)).sort((a, b) => a.day - b.day);
    for (let last = DAYS - 1; last < own.length; last++) {
      const window = own.slice(last - DAYS + 1, last + 1);
      const consecutive = window.every((day, i) => i === 0 || day.day === window[i - 1].day + 1);
      if (!consecutive) continue;
      for (const sensor of sensors) features.push(...window.map((day) => scale[sensor](day.readings[sensor])));
      labels.push(own[last].label);
      groups.push(city);
    }
  }
  return { features: Float32Array.from(features), labels: Uint8Array.from(labels), groups: Uint8Array.from(groups) };
}

async function open(context: DatasetContext): Promise<DataSource> {
  const days = parseWeather(await context.readAsset(weatherFile));
  const train = windows(days, (year) => year < TEST_YEAR);
  const test = windows(days, (year) => year === TEST_YEAR);
  const missing = cities.filter((_, city) => !train.groups.includes(city) || !test.groups.includes(city));
  if (missing.length > 0) {
    throw new DataError(
      `weather.csv lacks four consecutive days of ${missing.join(' and ')} before ${TEST_YEAR} or in ${TEST_YEAR}.`,
    );
  }
  const pool = {
    data: { features: train.features, labels: train.labels },
    classes: weatherClasses.length,
    groups: train.groups,
    groupCount: cities.length,
    groupOf: (deviceId: number) => (deviceId - 1) % cities.length,
  };
  const held = { features: test.features, labels: test.labels };
  const { devices, publicSamples = 0, rng } = context;
  return poolSource(pool, held, { devices, publicSamples, rng: rng.split('weather') });
}

const daysAgo = (day: number): string => (day === DAYS - 1 ? 'today' : `${DAYS - 1 - day} d before`);

export const weatherStations: Dataset = {
  id: 'weather-stations',
  label: 'Weather stations',
  help:
    'Four years of real daily weather in Seattle and New York: rain, temperatures and wind of four days tell whether the ' +
    'last was drizzle, fog, rain, snow or sun. Stations train on 2012–2014 and are tested on 2015.',
  settings: {},
  nature: 'measured',
  source: {
    text: 'NOAA National Centers for Environmental Information (public domain), by way of vega-datasets (BSD-3-Clause)',
    url: 'https://github.com/vega/vega-datasets',
  },
  task: namedTask(
    sensors.flatMap((sensor) =>
      Array.from({ length: DAYS }, (_, day) => `${sensor.replace('_', ' ')}, ${daysAgo(day)}`),
    ),
    weatherClasses,
  ),
  group: 'city',
  open,
};
