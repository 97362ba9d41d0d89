// The options with which a fleet is painted, and figures that its marks share.

import type { DeviceFill } from '../graph-view.ts';
import type { DeviceSize } from '../sizes.ts';
import type { Ink } from './palette.ts';

export interface RenderOptions {
  readonly size: DeviceSize;
  /** What devices show inside. */
  readonly deviceFill: DeviceFill;
  readonly zoom: number;
}

/** How a device's parts fade where it was away or was not asked. */
export interface Fading {
  readonly alpha: number;
  readonly ink: (ink: Ink) => Ink;
}

/** The corners of a square device and of its face, as a share of their halves. */
export const CORNER = 0.48;
