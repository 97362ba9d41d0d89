// A round as an animation: which message is on which link, and which device computes, at what time. Times come from the record
// (seconds from the round's start); the visitor chooses how long the animation takes.

import { durationOf, type RoundRecord, type UpperColumns } from '../../sim/record/record.ts';

export interface Journey {
  /** The lower node of the link. */
  readonly id: string;
  readonly way: 'down' | 'up';
  /** Shares of the round, 0 … 1. */
  readonly from: number;
  readonly to: number;
  readonly bytes: number;
}

export interface Work {
  readonly id: string;
  readonly from: number;
  readonly to: number;
}

export interface RoundAnimation {
  readonly journeys: readonly Journey[];
  readonly work: readonly Work[];
}

export function toAnimation(record: RoundRecord): RoundAnimation {
  const duration = durationOf(record);
  const journeys: Journey[] = [];
  const work: Work[] = [];
  const travel = (id: string, way: 'down' | 'up', start: number, end: number, bytes: number) => {
    // Not a number: this node sat out, so nothing travelled.
    if (bytes > 0 && end >= start) journeys.push({ id, way, from: start / duration, to: end / duration, bytes });
  };
  const upper = (tier: string, columns: UpperColumns) => {
    columns.number.forEach((number, row) => {
      const id = `${tier}-${number}`;
      travel(id, 'down', columns.downloadStart[row], columns.downloadEnd[row], columns.bytesDown[row]);
      travel(id, 'up', columns.aggregated[row], columns.uploadEnd[row], columns.bytesUp[row]);
    });
  };
  if (duration > 0) {
    upper('fog', record.fogs);
    upper('gateway', record.gateways);
    const { devices } = record;
    devices.number.forEach((number, row) => {
      const id = `device-${number}`;
      travel(id, 'down', devices.downloadStart[row], devices.downloadEnd[row], devices.bytesDown[row]);
      travel(id, 'up', devices.uploadStart[row], devices.uploadEnd[row], devices.bytesUp[row]);
      const [from, to] = [devices.downloadEnd[row] / duration, devices.computeEnd[row] / duration];
      if (to > from) work.push({ id, from, to });
    });
  }
  return { journeys, work };
}

/** The playhead: a share of the round, moved on by wall time, stopped while the visitor pauses. */
export interface Playhead {
  readonly share: number;
  readonly done: boolean;
}

export const animationStart: Playhead = { share: 0, done: false };

/** `length`: wall milliseconds of the whole animation, which may change while it runs. */
export function advance({ share }: Playhead, elapsed: number, length: number): Playhead {
  const next = length > 0 ? share + elapsed / length : 1;
  return next >= 1 ? { share: 1, done: true } : { share: next, done: false };
}
