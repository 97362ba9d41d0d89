// The engine's test experiments: noise of 100 samples a device, seed 1, on a fleet of a few nodes; and one device of a record.

import type { DeviceColumns, RoundRecord } from '../record/record.ts';
import type { Status } from '../record/statuses.ts';
import { statuses } from '../record/statuses.ts';

export const noise100 = { data: { dataset: 'tutorial-noise', samplesPerDevice: 100 }, seed: 1 } as const;

/** @param rest mix, figures and what else the fleet has */
export const fleetOf = (fogs: number, gatewaysPerFog: number, devicesPerGateway: number, rest: object = {}) => ({
  fogs,
  gatewaysPerFog,
  devicesPerGateway,
  ...rest,
});

type DeviceRow = Readonly<Record<Exclude<keyof DeviceColumns, 'status'>, number>> & { readonly status: Status };

/** A device's figures in a record. @param number 7 for device-7 */
export function deviceIn({ devices }: RoundRecord, number: number): DeviceRow {
  const row = devices.number.indexOf(number);
  if (row < 0) throw new Error(`device-${number} is not in this record.`);
  const values = Object.entries(devices).map(([key, column]) => [key, (column as ArrayLike<number>)[row]]);
  return { ...Object.fromEntries(values), status: statuses[devices.status[row]] };
}

/** Its status in each record. */
export const statusesOf = (records: readonly RoundRecord[], number: number): Status[] =>
  records.map((record) => deviceIn(record, number).status);

/** TinyMLP as 32-bit floats with the packet's frame of 25 bytes. */
export const TINY_MLP_BYTES = 4 * 1765 + 25;
/** 3 × forward multiply-accumulates × samples. */
export const TINY_MLP_MACS = 3 * 1696 * 100;
