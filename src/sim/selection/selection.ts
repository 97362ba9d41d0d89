// The contract of selection: which of the devices that could train are asked to, each round. One file a policy. What a
// policy may know is what a real server could: figures that devices report, estimates made from them, and what devices told
// when they last took part.

import type { DeviceNode } from '../fleet/topology.ts';
import type { Rng } from '../random.ts';

/** Seconds that a device's part of a round is expected to take, from its figures. */
export interface Estimate {
  readonly download: number;
  readonly compute: number;
  readonly upload: number;
  readonly total: number;
}

/** What a device told when it last took part. */
export interface Told {
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
  readonly told: Told | undefined;
}

/** The settings that policies read. */
export interface SelectionSettings {
  /** Share of the able devices that FedCS asks what they can do, drawn by lot: its resource request, C in the paper. */
  readonly requestFraction: number;
  /** Candidates that power-of-choice looks at, as a multiple of those it wants. */
  readonly choiceFactor: number;
  /** Share of its picks that Oort spends on devices it knows nothing of, in the first round; decays by 2 % a round, to 20 %. */
  readonly exploration: number;
  /** How strongly Oort punishes slowness (its α). */
  readonly slownessPenalty: number;
  /** Least battery share that the battery-aware policy asks for. */
  readonly batteryFloor: number;
  /** Weights of the resource-aware score. */
  readonly cpuWeight: number;
  readonly memoryWeight: number;
  readonly batteryWeight: number;
  readonly bandwidthWeight: number;
}

export interface SelectionContext {
  readonly round: number;
  /** Devices that are able to train this round, in the order of their numbers. */
  readonly candidates: readonly Candidate[];
  /** How many are wanted, at most as many as there are candidates; over-selection is already in it. */
  readonly wanted: number;
  /** Seconds after which the round closes; Infinity without a deadline. */
  readonly deadline: number;
  readonly settings: SelectionSettings;
  /** This round's own; a policy splits it by device. */
  readonly rng: Rng;
}

export interface Selection {
  readonly id: string;
  readonly label: string;
  /** One line for the visitor. */
  readonly help: string;
  readonly source?: string;
  /** Which settings it reads; a panel shows those. 'fraction' stands for `wanted`. */
  readonly uses: readonly (keyof SelectionSettings | 'fraction' | 'deadline')[];
  /**
   * Those asked to train, in the order of their numbers: at most `wanted`, possibly nobody. Only a policy that does not use
   * 'fraction' may take more. Pure: the same context gives the same devices.
   */
  readonly select: (context: SelectionContext) => readonly Candidate[];
}
