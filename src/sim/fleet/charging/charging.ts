// The contract of charging: when a device's battery is charged. One file a source. A source is a pure function of the device,
// the time and the seed. Devices without a battery are on mains anyway.

import type { Rng } from '../../random.ts';

export interface Charging {
  readonly id: string;
  readonly label: string;
  readonly help: string;
  /** Share of the charger's full power at a time, 0 … 1 (seconds on the simulated clock; day 1 begins at 0:00). */
  readonly share: (device: number, time: number, rng: Rng) => number;
  /** Mean share between two times, exact where the pattern allows, so that a long sleep charges rightly. */
  readonly meanShare: (device: number, from: number, to: number, rng: Rng) => number;
}
