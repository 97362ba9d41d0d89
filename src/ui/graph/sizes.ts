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
  /** From one gateway's cluster to the next. */
  readonly gap: number;
}

export const deviceSizes: readonly DeviceSize[] = [
  { id: 'large', radius: 24, across: 84, down: 106, stagger: 0, label: 26, gap: 18 },
  { id: 'medium', radius: 16, across: 45, down: 76, stagger: 13, label: 20, gap: 18 },
  { id: 'small', radius: 12, across: 32, down: 43, stagger: 0, label: 16, gap: 18 },
  { id: 'tight', radius: 10, across: 26, down: 34, stagger: 0, label: 12, gap: 12 },
  { id: 'dense', radius: 8, across: 21, down: 19, stagger: 0, label: 4, gap: 8 },
];

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
