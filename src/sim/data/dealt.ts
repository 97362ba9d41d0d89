// What the devices hold, as the page shows it: how many samples of each class, and how many they were to hold.

import { type DataSource, type LabelledData, sampleCount } from './dataset.ts';
import { classCounts } from './deal.ts';

export interface DealtData {
  /** Device numbers. */
  readonly devices: Int32Array;
  readonly classes: number;
  /** devices × classes. */
  readonly counts: Uint32Array;
  /** Samples that the partition asked for each device: where a class of the data set ran out, it holds fewer. */
  readonly asked: Int32Array;
  /** Samples that the data set has for each device at most; Infinity for generated data. */
  readonly limit: number;
  readonly testSamples: number;
}

interface Held {
  /** By device number, both of them. */
  readonly data: ReadonlyMap<number, LabelledData>;
  readonly asked: ReadonlyMap<number, number>;
}

export function toDealt(
  { data, asked }: Held,
  { prior, test, samplesPerDeviceLimit: limit }: Pick<DataSource, 'prior' | 'test' | 'samplesPerDeviceLimit'>,
): DealtData {
  const classes = prior.length;
  const devices = Int32Array.from(data.keys());
  const counts = new Uint32Array(devices.length * classes);
  for (const [row, held] of [...data.values()].entries()) counts.set(classCounts(held, classes), row * classes);
  return {
    devices,
    classes,
    counts,
    asked: devices.map((number) => asked.get(number) ?? 0),
    limit,
    testSamples: sampleCount(test),
  };
}

/** Samples that the device in a row holds. */
export const heldIn = ({ counts, classes }: DealtData, row: number): number =>
  counts.subarray(row * classes, (row + 1) * classes).reduce((sum, count) => sum + count, 0);

const span = (values: readonly number[]): string => {
  const [least, most] = values.reduce(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Number.POSITIVE_INFINITY, 0],
  );
  return least === most ? `${least}` : `${least} to ${most}`;
};

/**
 * Where the data set has less than the settings ask for, in sentences; none where it has enough.
 * @param samplesPerDevice as set
 */
export function shortages(dealt: DealtData, samplesPerDevice: number): string[] {
  const { limit, asked, devices } = dealt;
  const words: string[] = [];
  if (limit < samplesPerDevice) {
    words.push(`The data set has ${limit} samples for each device, not ${samplesPerDevice}.`);
  }
  const short = [...devices.keys()].filter((row) => heldIn(dealt, row) < asked[row]);
  if (short.length > 0) {
    const held = span(short.map((row) => heldIn(dealt, row)));
    const wanted = span(short.map((row) => asked[row]));
    const verb = short.length === 1 ? 'holds' : 'hold';
    words.push(
      `${short.length} of ${devices.length} devices ${verb} ${held} of ${wanted} samples: a class ran out, and no other stands in.`,
    );
  }
  return words;
}
