// The contract of an energy-aware schedule: how many local epochs a device trains this round, given its battery. One file a
// schedule.

import type { NoSettings, OwnSettings, ValuesOf, Variant } from '../experiment/variants.ts';

export interface ScheduleContext<Own extends OwnSettings = NoSettings> {
  readonly round: number;
  /** Local epochs that the experiment asks for; of an experiment that counts in local steps, here and below, its steps. */
  readonly epochs: number;
  /** Share of the battery left, 0 … 1; 1 on mains. */
  readonly battery: number;
  /** Joules left; Infinity on mains. */
  readonly joulesLeft: number;
  /** Whether the device is being charged at the round's start; mains counts as charging. */
  readonly charging: boolean;
  /** Joules of one local epoch, and of the transfers, over all the gateway's and fog's rounds of this round, as expected. */
  readonly joulesPerEpoch: number;
  readonly joulesForTransfers: number;
  /** The schedule's own. */
  readonly settings: ValuesOf<Own>;
}

export interface Schedule<Own extends OwnSettings = NoSettings> extends Variant<Own> {
  /** Epochs to train, a whole number; 0 sits the round out. */
  epochs(context: ScheduleContext<Own>): number;
}
