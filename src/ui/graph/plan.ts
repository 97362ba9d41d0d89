// In which size and in how many columns a fleet is drawn: of all ways the roomiest that fits the view. Pure.

import { type BoxSize, boxSizes, channelWidth, type DeviceSize, deviceSizes, dotBox } from './sizes.ts';

export interface View {
  readonly width: number;
  readonly height: number;
}

/** Larger than this a node looks lost in its own size. */
export const LARGEST_ZOOM = 1.15;
/** A size is taken if the whole network then shows at least this large. */
const SMALL_ENOUGH = 0.91;
/** Below this nothing in a box can be read, and boxes need not be as wide as their words. */
const UNREADABLE = 0.3;
/** From a box to the tier below, at least; what room is left goes here. */
const DROP = { cloud: 32, fog: 42, gateway: 56 } as const;

/** In a view lower than this the tiers stand closer: so is a phone that lies. */
const LOW = 340;
const LOW_SHARE = 0.45;

/** The drops of a view, at least. */
export function dropsIn({ height }: View): Readonly<Record<keyof typeof DROP, number>> {
  const share = height < LOW ? LOW_SHARE : 1;
  return { cloud: DROP.cloud * share, fog: DROP.fog * share, gateway: DROP.gateway * share };
}

/** A fog or the cloud is at most this high. */
export const UPPER_HEIGHT = Math.max(...boxSizes.map(({ height }) => height));

export interface Plan {
  readonly device: DeviceSize;
  /** Of the gateways: they decide on the width. */
  readonly box: BoxSize;
  readonly columns: number;
  readonly width: number;
  readonly height: number;
  readonly scale: number;
}

/** Columns that a cluster of `count` devices takes, and their rows. */
export const rowsOf = (count: number, columns: number): number => Math.ceil(count / columns);

export function clusterWidth(count: number, columns: number, device: DeviceSize): number {
  const used = Math.min(count, columns);
  return used * device.across + (rowsOf(count, columns) > 1 ? channelWidth(device) : 0);
}

/** How many clusters there are of each count of devices: most fleets have one or two different ones. */
type Tally = readonly (readonly [count: number, clusters: number])[];

function tallyOf(counts: readonly number[]): Tally {
  const tally = new Map<number, number>();
  for (const count of counts) tally.set(count, (tally.get(count) ?? 0) + 1);
  return [...tally];
}

function plan(tally: Tally, view: View, device: DeviceSize, box: BoxSize, columns: number): Plan {
  const drops = dropsIn(view);
  let width = 0;
  let rows = 1;
  for (const [count, clusters] of tally) {
    width += clusters * (Math.max(box.width, clusterWidth(count, columns, device)) + device.gap);
    rows = Math.max(rows, rowsOf(count, columns));
  }
  const height =
    2 * UPPER_HEIGHT +
    box.height +
    drops.cloud +
    drops.fog +
    drops.gateway +
    (rows - 1) * device.down +
    device.stagger +
    2 * device.radius +
    device.label;
  const scale = Math.min(view.width / width, view.height / height, LARGEST_ZOOM);
  return { device, box, columns, width, height, scale };
}

/** Full rows look calmer than a last row with gaps: each gap counts as this much smaller. */
const GAP_COST = 0.04;

/** How good a number of columns is; larger than life counts no more than life-size. */
function merit({ scale, columns }: Plan, typical: number): number {
  const gaps = rowsOf(typical, columns) * columns - typical;
  return Math.min(scale, 1) - GAP_COST * Math.min(gaps, 3) + 0.001 * scale;
}

/** The best number of columns in one size. */
function bestOf(tally: Tally, view: View, device: DeviceSize, box: BoxSize, typical: number): Plan {
  const most = Math.max(1, ...tally.map(([count]) => count));
  let best = plan(tally, view, device, box, 1);
  for (let columns = 2; columns <= most; columns++) {
    const next = plan(tally, view, device, box, columns);
    if (merit(next, typical) > merit(best, typical)) best = next;
  }
  return best;
}

/** The roomiest plan that fits; if none does, the one that shows largest. */
export function choose(counts: readonly number[], view: View): Plan {
  const tally = tallyOf(counts);
  // The middle cluster decides on gaps, so that one device more or less somewhere does not rearrange all.
  const typical = [...counts].sort((a, b) => a - b)[Math.floor(counts.length / 2)] || Math.max(1, ...counts);
  let largest = bestOf(tally, view, deviceSizes[0], boxSizes[0], typical);
  for (const device of deviceSizes) {
    for (const box of boxSizes) {
      const best = bestOf(tally, view, device, box, typical);
      if (best.scale >= SMALL_ENOUGH) return best;
      if (best.scale > largest.scale) largest = best;
    }
  }
  return largest.scale < UNREADABLE ? bestOf(tally, view, largest.device, dotBox, typical) : largest;
}
