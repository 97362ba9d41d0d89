// The contract of availability: when a device can be reached at all. One file a pattern. A pattern is a pure function of the
// device, the time and the seed.

import type { NoSettings, OwnSettings, ValuesOf, Variant } from '../../experiment/variants.ts';
import type { Rng } from '../../random.ts';

export interface Availability<Own extends OwnSettings = NoSettings> extends Variant<Own> {
  /** Whether the device can be reached at a time (seconds on the simulated clock; day 1 begins at 0:00). */
  isOn(device: number, time: number, settings: ValuesOf<Own>, rng: Rng): boolean;
  /** Until when a device that can be reached at a time stays so without a break; Infinity if it always does. */
  onUntil(device: number, time: number, settings: ValuesOf<Own>, rng: Rng): number;
}
