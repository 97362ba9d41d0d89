// The devices below one gateway: where they stand, and where the links to the lower rows run. Pure.

import type { Lane, Point } from './geometry.ts';
import { rowsOf } from './plan.ts';
import { channelWidth, type DeviceSize, laneRoom } from './sizes.ts';

export interface ClusterPlace extends Point {
  /** Of its link; null in the first row, which the gateway's links reach at once. */
  readonly lane: Lane | null;
}

/**
 * The places of one cluster's devices around (0, 0), the middle of the first row. Where there is more than one row, a channel
 * between two columns leads the links down, and a lane above each row leads them on to its devices: so no link passes a
 * foreign device or its name.
 */
export function clusterPlaces(
  count: number,
  columns: number,
  device: DeviceSize,
  across: number,
  down: number,
): ClusterPlace[] {
  const used = Math.min(count, columns);
  const channel = rowsOf(count, columns) > 1 ? channelWidth(device) : 0;
  const before = Math.floor(used / 2);
  const channelX = (before - used / 2) * across;
  return Array.from({ length: count }, (_, i) => {
    const row = Math.floor(i / used);
    const inRow = Math.min(used, count - row * used);
    // A short last row stands in the middle, still below the columns.
    const column = (i % used) + Math.floor((used - inRow) / 2);
    const x = (column - (used - 1) / 2) * across + (column < before ? -channel : channel) / 2;
    const y = row * down + (used > 1 && column % 2 === 1 ? device.stagger : 0);
    return { x, y, lane: row === 0 ? null : { x: channelX, y: laneOf(row, device, down) } };
  });
}

/** Nearer to the names above than to the rings below, where the links' own marks are. */
const HIGH = 0.4;

function laneOf(row: number, device: DeviceSize, down: number): number {
  const room = laneRoom(device);
  const from = (row - 1) * down + device.stagger + device.radius + device.name.to;
  const height = row * down - device.radius - from;
  return from + Math.min(height - room, Math.max(room, HIGH * height));
}
