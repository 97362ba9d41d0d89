// The task of the weather data: its features and classes, and the file that it is read from.

import type { Asset } from '../../dataset.ts';

export const weatherClasses = ['drizzle', 'fog', 'rain', 'snow', 'sun'] as const;
export const cities = ['Seattle', 'New York'] as const;
export const sensors = ['precipitation', 'temp_max', 'temp_min', 'wind'] as const;
export type Sensor = (typeof sensors)[number];

/** Reached by its path, because the package exports its index only. */
export const weatherFile: Asset = {
  name: 'weather.csv',
  url: new URL('../../../../../node_modules/vega-datasets/data/weather.csv', import.meta.url),
};

/** Days in a window; the last one is the day that is classified. */
export const DAYS = 4;
