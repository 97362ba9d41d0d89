// The contract of selection: which of the devices that could train are asked to, each round. One file a policy. What a
// policy may know is what a real server could: figures that devices report, estimates made from them, and what devices reported
// when they last took part.

import { integer, number, percent } from '../experiment/settings.ts';
import type { NoSettings, OwnSettings, ValuesOf, Variant } from '../experiment/variants.ts';
import type { DeviceNode } from '../fleet/topology.ts';
import type { Rng } from '../random.ts';

/** Seconds that a device's part of a round is expected to take, from its figures. */
export interface Estimate {
  readonly download: number;
  readonly compute: number;
  readonly upload: number;
  readonly total: number;
}

/** What a device reported when it last took part. */
export interface DeviceReport {
  /** The last round that it took part in. */
  readonly round: number;
  /** Mean training loss (nats), and the root of the mean squared loss of its steps. Not finite if its training diverged. */
  readonly loss: number;
  readonly lossRms: number;
}

export interface Candidate {
  readonly device: DeviceNode;
  /** Training samples that it holds. */
  readonly samples: number;
  /** Share of its battery left, 0 … 1; 1 on mains. */
  readonly battery: number;
  readonly estimate: Estimate;
  /** Undefined if it never took part. */
  readonly lastReport: DeviceReport | undefined;
}

/** How many a policy takes, if not all: settings of every policy that goes by `wanted`. */
export const countSettings = {
  count: integer({
    default: 0,
    min: 0,
    max: 10_000,
    step: 1,
    scale: 'log',
    unit: 'devices',
    zero: 'by share',
    label: 'Devices asked',
    help: 'A number of updates that a round wants (K) instead of a share; all, where fewer are able. 0: by share.',
    live: true,
  }),
  fraction: number({
    default: 0.5,
    min: 0.05,
    max: 1,
    step: 0.05,
    ...percent,
    label: 'Share asked',
    help: 'Share of the able devices whose updates a round wants.',
    live: true,
  }),
};

export interface SelectionContext<Own extends OwnSettings = NoSettings> {
  readonly round: number;
  /** Devices that are able to train this round, in the order of their numbers. */
  readonly candidates: readonly Candidate[];
  /** How many are wanted, at most as many as there are candidates; over-selection is already in it. */
  readonly wanted: number;
  /** Seconds after which the round closes; Infinity without a deadline. */
  readonly deadline: number;
  /** The policy's own. */
  readonly settings: ValuesOf<Own>;
  /** This round's own; a policy splits it by device. */
  readonly rng: Rng;
}

export interface Selection<Own extends OwnSettings = NoSettings> extends Variant<Own> {
  /** Whether it goes by the deadline, which rounds that do not close have for it alone. */
  readonly usesDeadline?: boolean;
  /**
   * Those asked to train, in the order of their numbers: at most `wanted`, possibly nobody. Only a policy whose settings leave out
   * `share` may take more. Pure: the same context gives the same devices.
   */
  select(context: SelectionContext<Own>): readonly Candidate[];
}
