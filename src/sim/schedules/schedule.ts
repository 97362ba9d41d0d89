// The contract of an energy-aware schedule: how many local epochs a device trains this round, given its battery. One file a
// schedule.

export interface ScheduleSettings {
  /** Battery share below which a threshold schedule does not train. */
  readonly threshold: number;
  /** Rounds that the stretch schedule makes the battery last for. */
  readonly targetRounds: number;
}

export interface ScheduleContext {
  readonly round: number;
  /** Local epochs that the experiment asks for; of an experiment that counts in local steps, here and below, its steps. */
  readonly epochs: number;
  /** Share of the battery left, 0 … 1; 1 on mains. */
  readonly battery: number;
  /** Joules left; Infinity on mains. */
  readonly joulesLeft: number;
  /** Whether the device is being charged at the round's start; mains counts as charging. */
  readonly charging: boolean;
  /** Joules of one local epoch, and of the round's transfers, as expected from the device's figures. */
  readonly joulesPerEpoch: number;
  readonly joulesForTransfers: number;
  readonly settings: ScheduleSettings;
}

export interface Schedule {
  readonly id: string;
  readonly label: string;
  /** One line for the visitor. */
  readonly help: string;
  readonly uses: readonly (keyof ScheduleSettings)[];
  /** Epochs to train, a whole number; 0 sits the round out. */
  readonly epochs: (context: ScheduleContext) => number;
}
