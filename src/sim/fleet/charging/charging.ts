// The contract of charging: when a device's battery is charged. One file a source. A source is a pure function of the device,
// the time and the seed. Devices without a battery are on mains anyway.

import type { NoSettings, OwnSettings, ValuesOf, Variant } from '../../experiment/variants.ts';
import type { Rng } from '../../random.ts';

export interface Charging<Own extends OwnSettings = NoSettings> extends Variant<Own> {
  /** Share of the charger's full power at a time, 0 … 1 (seconds on the simulated clock; day 1 begins at 0:00). */
  powerFraction(device: number, time: number, settings: ValuesOf<Own>, rng: Rng): number;
  /** Mean share between two times, exact where the pattern allows, so that a long sleep charges rightly. */
  meanPowerFraction(device: number, from: number, to: number, settings: ValuesOf<Own>, rng: Rng): number;
}
