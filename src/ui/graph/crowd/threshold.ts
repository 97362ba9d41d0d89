// From how many devices on the fleet is painted instead of built of elements.

import type { Topology } from '../../../sim/fleet/topology.ts';

/**
 * Up to so many devices are elements of the page. Measured (Chromium 156, 2 cores, no GPU, longest task in CPU milliseconds while
 * the view zooms / when the fleet is set): 300 devices 43 / 153, 400 devices 58 / 144, 500 devices 90 / 275, 1,000 devices 165 /
 * 368; painted, 500 devices 34 / 44 and 10,000 devices 52 / 87.
 */
export const MOST_ELEMENTS = 350;

/** A crowd is painted; only the devices that somebody is at (selected, pointed at, reached by keyboard) are elements. */
export const isCrowd = ({ devices }: Topology): boolean => devices.length > MOST_ELEMENTS;
