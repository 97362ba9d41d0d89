// From how many devices on the fleet is painted on a canvas instead of being built of elements.

import type { Topology } from '../../../sim/fleet/topology.ts';

/**
 * Up to so many devices are elements of the page. Measured (Chromium 156, 2 cores, no GPU, longest task in CPU milliseconds while
 * the view zooms / when the fleet is set): 300 devices 43 / 153, 400 devices 58 / 144, 500 devices 90 / 275, 1,000 devices 165 /
 * 368; painted, 500 devices 34 / 44 and 10,000 devices 52 / 87.
 */
export const MAX_DEVICE_ELEMENTS = 350;

/** Whether the devices are painted; then only those in use (selected, pointed at, reached by keyboard) are elements. */
export const usesCanvas = ({ devices }: Topology): boolean => devices.length > MAX_DEVICE_ELEMENTS;
