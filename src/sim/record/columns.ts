// A record's columns: empty ones, and which row of them is a node's.

import type { DeviceColumns, UpperColumns } from './record.ts';

const unknown = (length: number) => new Float64Array(length).fill(Number.NaN);

/** Columns for this many devices that all sat out: nothing done, times and losses not a number. */
export const emptyDeviceColumns = (length: number): DeviceColumns => ({
  number: new Int32Array(length),
  status: new Uint8Array(length),
  model: new Uint8Array(length),
  samples: new Int32Array(length),
  epochs: new Int32Array(length),
  steps: new Int32Array(length),
  loss: new Float32Array(length).fill(Number.NaN),
  accuracy: new Float32Array(length).fill(Number.NaN),
  macs: new Float64Array(length),
  memory: new Float64Array(length),
  storage: new Float64Array(length),
  storageShare: new Float32Array(length),
  bytesDown: new Float64Array(length),
  bytesDownRaw: new Float64Array(length),
  bytesUpRaw: new Float64Array(length),
  bytesUp: new Float64Array(length),
  rung: new Int8Array(length).fill(-1),
  residual: new Float32Array(length).fill(Number.NaN),
  downloadStart: unknown(length),
  downloadEnd: unknown(length),
  computeEnd: unknown(length),
  uploadStart: unknown(length),
  uploadEnd: unknown(length),
  offTimeUp: new Float64Array(length),
  offTimeDown: new Float64Array(length),
  energyCompute: new Float64Array(length),
  energyTransmit: new Float64Array(length),
  energyReceive: new Float64Array(length),
  energyWake: new Float64Array(length),
  energyIdle: new Float64Array(length),
  energySleep: new Float64Array(length),
  batteryLeft: new Float64Array(length),
  batteryShare: new Float32Array(length),
});

export const emptyUpperColumns = (numbers: readonly number[]): UpperColumns => ({
  number: Int32Array.from(numbers),
  received: new Int32Array(numbers.length),
  samples: new Float64Array(numbers.length),
  bytesUpRaw: new Float64Array(numbers.length),
  bytesUp: new Float64Array(numbers.length),
  bytesDown: new Float64Array(numbers.length),
  bytesDownRaw: new Float64Array(numbers.length),
  downloadStart: unknown(numbers.length),
  downloadEnd: unknown(numbers.length),
  lastArrival: unknown(numbers.length),
  closed: unknown(numbers.length),
  aggregated: unknown(numbers.length),
  uploadEnd: unknown(numbers.length),
});

const rows = new WeakMap<Int32Array, ReadonlyMap<number, number>>();

/** Row of a node in its columns; undefined if it was not there in that round. Searched once for all rows, so that all may ask. */
export function rowOf(numbers: Int32Array, number: number): number | undefined {
  let known = rows.get(numbers);
  if (!known) {
    known = new Map(Array.from(numbers, (each, row) => [each, row]));
    rows.set(numbers, known);
  }
  return known.get(number);
}
