// The distribution of samples and classes over the devices, and where a device has fewer samples than its partition asks for.

import { classCounts } from './class-counts.ts';
import { type DataSource, type LabelledData, sampleCount } from './dataset.ts';

export interface DataDistribution {
  /** Device numbers. */
  readonly devices: Int32Array;
  readonly classes: number;
  /** devices × classes. */
  readonly counts: Uint32Array;
  /** Samples that the partition asked for each device: where a class of the data set ran out, it holds fewer. */
  readonly requested: Int32Array;
  /** Samples that the data set has for each device at most; Infinity for generated data. */
  readonly limit: number;
  readonly testSamples: number;
}

interface PartitionedData {
  /** By device number, both of them. */
  readonly data: ReadonlyMap<number, LabelledData>;
  readonly requested: ReadonlyMap<number, number>;
}

export function toDataDistribution(
  { data, requested }: PartitionedData,
  { prior, test, samplesPerDeviceLimit: limit }: Pick<DataSource, 'prior' | 'test' | 'samplesPerDeviceLimit'>,
): DataDistribution {
  const classes = prior.length;
  const devices = Int32Array.from(data.keys());
  const counts = new Uint32Array(devices.length * classes);
  for (const [row, samples] of [...data.values()].entries()) counts.set(classCounts(samples, classes), row * classes);
  return {
    devices,
    classes,
    counts,
    requested: devices.map((number) => requested.get(number) ?? 0),
    limit,
    testSamples: sampleCount(test),
  };
}

/** Samples that the device in a row holds. */
export const samplesIn = ({ counts, classes }: DataDistribution, row: number): number =>
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
export function shortages(distribution: DataDistribution, samplesPerDevice: number): string[] {
  const { limit, requested, devices } = distribution;
  const words: string[] = [];
  if (limit < samplesPerDevice) {
    words.push(`The data set has ${limit} samples for each device, not ${samplesPerDevice}.`);
  }
  const short = [...devices.keys()].filter((row) => samplesIn(distribution, row) < requested[row]);
  if (short.length > 0) {
    const own = span(short.map((row) => samplesIn(distribution, row)));
    const wanted = span(short.map((row) => requested[row]));
    const verb = short.length === 1 ? 'holds' : 'hold';
    words.push(
      `${short.length} of ${devices.length} devices ${verb} ${own} of ${wanted} samples: a class ran out, and no other stands in.`,
    );
  }
  return words;
}
