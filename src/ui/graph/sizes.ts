// The sizes that the graph is drawn in, from roomy to dense. A fleet is drawn in the roomiest that fits its view.

export interface DeviceSize {
  readonly id: 'large' | 'medium' | 'small' | 'tight' | 'dense';
  /** Radius of a device's ring. */
  readonly radius: number;
  /** Distance between the centres of neighbours: across and down. */
  readonly across: number;
  readonly down: number;
  /** Every other device of a row hangs this much lower, so that neighbours' labels have room. */
  readonly stagger: number;
  /** Room below the last row for its labels. */
  readonly label: number;
  /** A device's name: how wide at most, and from where to where below its ring (a selected one hangs lower). */
  readonly name: { readonly width: number; readonly from: number; readonly to: number };
  /** From one gateway's cluster to the next. */
  readonly gap: number;
}

export const deviceSizes: readonly DeviceSize[] = [
  {
    id: 'large',
    radius: 24,
    across: 84,
    down: 106,
    stagger: 0,
    label: 26,
    name: { width: 78, from: 5, to: 22 },
    gap: 18,
  },
  {
    id: 'medium',
    radius: 16,
    across: 45,
    down: 76,
    stagger: 13,
    label: 20,
    name: { width: 57, from: 3, to: 18 },
    gap: 18,
  },
  {
    id: 'small',
    radius: 12,
    across: 32,
    down: 43,
    stagger: 0,
    label: 16,
    name: { width: 30, from: 1, to: 13 },
    gap: 18,
  },
  {
    id: 'tight',
    radius: 10,
    across: 26,
    down: 34,
    stagger: 0,
    label: 12,
    name: { width: 25, from: 0, to: 9.5 },
    gap: 12,
  },
  {
    id: 'dense',
    radius: 8,
    across: 21,
    down: 22,
    stagger: 0,
    label: 4,
    name: { width: 19, from: -0.6, to: 4 },
    gap: 8,
  },
];

/** Between the names of one row and the rings of the next there is a lane for links: half its height at rest. */
export const laneRoom = ({ radius, down, stagger, name }: DeviceSize): number =>
  (down - stagger - 2 * radius - name.to) / 2;

/** How far the columns beside the channel of a cluster's links stand further apart: names and messages both have room. */
export const channelWidth = (device: DeviceSize): number =>
  2 * (laneRoom(device) + Math.max(0, device.name.width - device.across) / 2);

export interface BoxSize {
  readonly id: 'wide' | 'narrow' | 'tiny' | 'dot';
  readonly width: number;
  readonly height: number;
}

/** The boxes of gateways, fogs and the cloud; in a tiny one there is room for a number and a count. */
export const boxSizes: readonly BoxSize[] = [
  { id: 'wide', width: 128, height: 44 },
  { id: 'narrow', width: 96, height: 44 },
  { id: 'tiny', width: 50, height: 36 },
];

/** A gateway among so many that its words could not be read anyway: no wider than a column of devices. */
export const dotBox: BoxSize = { id: 'dot', width: 22, height: 22 };
