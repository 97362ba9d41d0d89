// Reads weather.csv of the vega-datasets package: one row a city and day, columns found by their names. The file has no
// quoted cells. Whatever is wrong with it becomes one sentence that names the line.

import { printableText } from '../../../printable-text.ts';
import { DataError } from '../../dataset.ts';
import { cities, type Sensor, sensors, weatherClasses, weatherFile } from './weather-task.ts';

export interface WeatherDay {
  /** Index into `cities`. */
  readonly city: number;
  /** Days since 1970-01-01. */
  readonly day: number;
  readonly year: number;
  /** Precipitation in mm, temperatures in °C, wind in m/s (as NOAA's AWND; the package's own notes say km/h in error). */
  readonly readings: Readonly<Record<Sensor, number>>;
  /** Index into `weatherClasses`. */
  readonly label: number;
}

const FILE = weatherFile.name;
const MILLISECONDS_PER_DAY = 86_400_000;

function indexIn(names: readonly string[], cell: string, what: string, line: number): number {
  const index = names.indexOf(cell);
  if (index >= 0) return index;
  throw new DataError(
    `${FILE}, line ${line}: "${printableText(cell)}" is no ${what} that Fogline knows (${names.join(', ')}).`,
  );
}

/** Decimal digits, as in 12, -0.5 or 1e3. Number() alone takes '', '0x10' and '0b1' too. */
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** A number that float32, which the samples are kept in, can hold. */
function numberIn(cell: string, column: string, line: number): number {
  const text = cell.trim();
  const value = DECIMAL.test(text) ? Number(text) : Number.NaN;
  if (Number.isFinite(Math.fround(value))) return value;
  throw new DataError(`${FILE}, line ${line}: ${column} is "${printableText(cell)}", which is not a number.`);
}

function dayIn(cell: string, line: number): number {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(cell) ? Date.parse(`${cell}T00:00:00Z`) : Number.NaN;
  // Date.parse makes 1 March of 2012-02-30.
  if (Number.isFinite(time) && new Date(time).toISOString().startsWith(cell)) return time / MILLISECONDS_PER_DAY;
  throw new DataError(`${FILE}, line ${line}: "${printableText(cell)}" is not a date like 2012-01-31.`);
}

/** The rows of the file, in its order. @throws {DataError} */
export function parseWeather(text: string): WeatherDay[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const header = lines[0].split(',').map((cell) => cell.trim());
  const column = (name: string): number => {
    const index = header.indexOf(name);
    if (index < 0) throw new DataError(`${FILE} has no column "${name}" in its first line.`);
    return index;
  };
  const at = { city: column('location'), date: column('date'), weather: column('weather') };
  const sensorAt = sensors.map((sensor) => [sensor, column(sensor)] as const);
  const days: WeatherDay[] = [];
  lines.forEach((row, index) => {
    if (index === 0 || row.trim() === '') return;
    const line = index + 1;
    const cells = row.split(',');
    if (cells.length !== header.length) {
      throw new DataError(`${FILE}, line ${line} has ${cells.length} cells where the first line has ${header.length}.`);
    }
    const day = dayIn(cells[at.date], line);
    const [precipitation, temp_max, temp_min, wind] = sensorAt.map(([name, i]) => numberIn(cells[i], name, line));
    if (precipitation < 0) throw new DataError(`${FILE}, line ${line}: precipitation is negative.`);
    days.push({
      city: indexIn(cities, cells[at.city], 'city', line),
      day,
      year: new Date(day * MILLISECONDS_PER_DAY).getUTCFullYear(),
      readings: { precipitation, temp_max, temp_min, wind },
      label: indexIn(weatherClasses, cells[at.weather].trim(), 'weather', line),
    });
  });
  return days;
}
