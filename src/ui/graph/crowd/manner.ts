// How a fleet is painted, and what its marks share.

import type { Shade } from '../graph-view.ts';
import type { DeviceSize } from '../sizes.ts';
import type { Ink } from './palette.ts';

export interface Manner {
  readonly size: DeviceSize;
  /** What devices show inside. */
  readonly shade: Shade;
  readonly zoom: number;
}

/** How a device's parts fade where it was away or was not asked. */
export interface Fading {
  readonly alpha: number;
  readonly ink: (ink: Ink) => Ink;
}

/** The corners of a square device and of its face, as a share of their halves. */
export const CORNER = 0.48;
