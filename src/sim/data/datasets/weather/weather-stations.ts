// Weather stations: real daily observations of Seattle and New York, 2012 to 2015 (NOAA, as the vega-datasets package
// prepares them). A station knows four sensors over four days and is to say what the weather of the last day was. It
// trains on 2012–2014 and is tested on 2015, in both cities: the future, and places whose climates differ.

import type { Dataset } from '../../dataset.ts';
import { namedTask } from '../../task.ts';
import { DAYS, sensors, weatherClasses } from './weather-task.ts';

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
  groupName: 'city',
  open: async (context) => (await import('./weather-source.ts')).openWeather(context),
};
