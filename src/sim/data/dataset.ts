// The contract of a dataset: a source of labelled samples that devices draw from. A dataset is one file and one line in
// index.ts. Partition decides how many samples of which class a device holds; the source supplies them.

import type { NoSettings, OwnSettings, ValuesOf, Variant } from '../experiment/variants.ts';
import { printableSentence } from '../printable-text.ts';
import type { Rng } from '../random.ts';
import type { Task } from './task.ts';

export interface LabelledData {
  /** samples × features, row after row, already scaled to about unit size. */
  readonly features: Float32Array;
  /** One class index a sample. */
  readonly labels: Uint8Array;
}

export const sampleCount = (data: LabelledData): number => data.labels.length;

/** What one device is to hold. */
export interface DeviceShare {
  readonly samples: number;
  /** Shares of the classes, summing to one. */
  readonly mix: Float64Array;
  /** True: only from the device's own group (its machine, its city). False: from every group alike. */
  readonly ownGroup: boolean;
}

export interface DataSource {
  /** The classes' natural shares, summing to one (uniform for generated data). */
  readonly prior: Float64Array;
  /** The natural class shares of a device's own group, where groups differ in them (cities do); absent where they do not. */
  readonly groupPrior?: (deviceId: number) => Float64Array;
  /** Samples that a device may hold at most so that all devices get their part; infinite for generated data. */
  readonly samplesPerDeviceLimit: number;
  /**
   * Called before the first `take`, with what each device of the fleet as first built is to hold, so that a finite source can allocate
   * scarce classes fairly. All shares are of their own groups, or none is. Absent where there is enough for everyone.
   */
  reserve?(shareOf: (deviceId: number) => DeviceShare): void;
  /**
   * Samples for one device. Calls come in order of device id (1, 2, 3 …), once each. The classes follow the mix up to rounding; a
   * finite source that runs out of a class gives fewer samples than `share.samples`, and never another class.
   */
  take(deviceId: number, share: DeviceShare): LabelledData;
  /**
   * Public samples without their labels, samples × features, for distillation at the cloud: held out, so that no device and no test has
   * one of them. A finite source has at most as many as were asked of it when it was opened.
   */
  unlabelled(samples: number): Float32Array;
  /** Held out: no device trains on it. */
  readonly test: LabelledData;
}

/** A file that a data set comes with. Vite finds `new URL('…', import.meta.url)` in the source, and takes the file into the build. */
export interface Asset {
  /** For a sentence, such as 'weather.csv'. */
  readonly name: string;
  readonly url: URL;
}

/** The text of a data set's file: fetched by the page, read from disk by the command line. */
export type ReadAsset = (asset: Asset) => Promise<string>;

export interface DatasetContext<Own extends OwnSettings = NoSettings> {
  /** Devices in the fleet as first built; a device added later has a higher id. */
  readonly devices: number;
  /** Public samples that will be wanted, to be held out from the devices'; none, if left out. */
  readonly publicSamples?: number;
  readonly rng: Rng;
  /** The data set's own. */
  readonly settings: ValuesOf<Own>;
  readonly readAsset: ReadAsset;
}

export interface Dataset<Own extends OwnSettings = NoSettings> extends Variant<Own> {
  /** 'simulated', 'measured' or 'random': shown beside the name. */
  readonly nature: 'simulated' | 'measured' | 'random';
  readonly source: { readonly text: string; readonly url?: string };
  readonly task: Task;
  /** What a group is: 'machine', 'city'. */
  readonly groupName: string;
  /**
   * Labels follow from the features by each device's own rule, so that no mix of classes can be asked for: partitions that deal
   * classes do not apply, and a device draws from its own distribution instead. Its source takes no notice of `share.mix`.
   */
  readonly partitionedByNature?: boolean;
  open(context: DatasetContext<Own>): Promise<DataSource>;
}

export class DataError extends Error {
  override readonly name = 'DataError';

  constructor(message: string) {
    super(printableSentence(message));
  }
}
