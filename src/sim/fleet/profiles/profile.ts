// The contract of a device profile: a kind of device, and for each figure its value, how well it is known and from where.

import type { DeviceFigure } from '../figures.ts';

/** D = datasheet figure, M = somebody's measurement, E = estimate, T = the tutorial's own figure. */
export type Provenance = 'D' | 'M' | 'E' | 'T';

export const provenanceLabel: Readonly<Record<Provenance, string>> = {
  D: 'datasheet',
  M: 'measured',
  E: 'estimate',
  T: 'from the tutorial',
};

export interface Figure {
  readonly value: number;
  readonly provenance: Provenance;
  readonly source: string;
}

export type Radio = 'Wi-Fi' | 'BLE' | 'LoRa' | 'NB-IoT' | 'Ethernet' | 'none';

export interface Profile {
  /** Its name in experiments and links, e.g. 'esp32'. */
  readonly id: string;
  readonly label: string;
  /** A few letters for tight places, e.g. 'R-Pi'. */
  readonly short: string;
  readonly about: string;
  readonly radio: Radio;
  readonly figures: Readonly<Record<DeviceFigure, Figure>>;
}

export const figure = (value: number, provenance: Provenance, source: string): Figure => ({
  value,
  provenance,
  source,
});
