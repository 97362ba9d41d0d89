// A record's columns: empty ones, and which row of them is a node's.

import { type Activity, activities, type DeviceColumns, type TimelineColumns, type UpperColumns } from './record.ts';

const filledWithNaN = (length: number) => new Float64Array(length).fill(Number.NaN);

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
  downloadStart: filledWithNaN(length),
  downloadEnd: filledWithNaN(length),
  computeEnd: filledWithNaN(length),
  uploadStart: filledWithNaN(length),
  uploadEnd: filledWithNaN(length),
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
  buffered: new Int32Array(numbers.length),
  samples: new Float64Array(numbers.length),
  bytesUpRaw: new Float64Array(numbers.length),
  bytesUp: new Float64Array(numbers.length),
  bytesDown: new Float64Array(numbers.length),
  bytesDownRaw: new Float64Array(numbers.length),
  downloadStart: filledWithNaN(numbers.length),
  downloadEnd: filledWithNaN(numbers.length),
  lastArrival: filledWithNaN(numbers.length),
  closed: filledWithNaN(numbers.length),
  aggregated: filledWithNaN(numbers.length),
  uploadEnd: filledWithNaN(numbers.length),
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

/** Collects the bars of a round's timeline: which node did what, and when. */
export class TimelineBuilder {
  readonly #lane: number[] = [];
  readonly #activity: number[] = [];
  readonly #start: number[] = [];
  readonly #end: number[] = [];

  /** A bar without a start or an end (NaN) did not happen; one of zero length is not drawn. */
  add(lane: number, activity: Activity, start: number, end: number): void {
    if (!(end > start)) return;
    this.#lane.push(lane);
    this.#activity.push(activities.indexOf(activity));
    this.#start.push(start);
    this.#end.push(end);
  }

  columns(): TimelineColumns {
    return {
      lane: Int32Array.from(this.#lane),
      activity: Uint8Array.from(this.#activity),
      start: Float64Array.from(this.#start),
      end: Float64Array.from(this.#end),
    };
  }
}
