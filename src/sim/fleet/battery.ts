// A battery's joules: mAh × 3.6 × V × usable share. A capacity of 0 mAh means mains power.

import { type Joules, joules, joulesOfBattery } from '../units.ts';

/** What a regulator can draw before the cell's voltage falls too far (estimate). */
export const USABLE_SHARE = 0.85;

interface BatteryFigures {
  readonly battery: number;
  readonly batteryVoltage: number;
}

/** Usable joules of a full battery; Infinity on mains. */
export const batteryCapacity = ({ battery, batteryVoltage }: BatteryFigures): Joules =>
  battery === 0 ? joules(Number.POSITIVE_INFINITY) : joules(joulesOfBattery(battery, batteryVoltage) * USABLE_SHARE);

/** Joules left at a share of the capacity; Infinity on mains. */
export const batteryLeft = (share: number, capacity: number): number =>
  capacity === Number.POSITIVE_INFINITY ? capacity : share * capacity;

/** Share left of a capacity, 0 … 1; 1 on mains. */
export const batteryShare = (left: number, capacity: number): number =>
  capacity === Number.POSITIVE_INFINITY ? 1 : left / capacity;
