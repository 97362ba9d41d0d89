// Windows of four days of weather, drawn from a finite data set. Loaded when a run needs them: the page names the data set without.

import type { DataSource, DatasetContext, LabelledData } from '../../dataset.ts';
import { DataError } from '../../dataset.ts';
import { finiteSource } from '../../finite-source.ts';
import { parseWeather, type WeatherDay } from './weather-csv.ts';
import { cities, DAYS, type Sensor, sensors, weatherClasses, weatherFile } from './weather-task.ts';

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

export async function openWeather(context: DatasetContext): Promise<DataSource> {
  const days = parseWeather(await context.readAsset(weatherFile));
  const train = windows(days, (year) => year < TEST_YEAR);
  const test = windows(days, (year) => year === TEST_YEAR);
  const missing = cities.filter((_, city) => !train.groups.includes(city) || !test.groups.includes(city));
  if (missing.length > 0) {
    throw new DataError(
      `weather.csv lacks four consecutive days of ${missing.join(' and ')} before ${TEST_YEAR} or in ${TEST_YEAR}.`,
    );
  }
  const dataset = {
    data: { features: train.features, labels: train.labels },
    classes: weatherClasses.length,
    groups: train.groups,
    groupCount: cities.length,
    groupOf: (deviceId: number) => (deviceId - 1) % cities.length,
  };
  const held = { features: test.features, labels: test.labels };
  const { devices, publicSamples = 0, rng } = context;
  return finiteSource(dataset, held, { devices, publicSamples, rng: rng.split('weather') });
}
