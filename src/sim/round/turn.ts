// One device's turn (modelled): it receives the model, trains, and sends its update; when, and for how many joules. A battery
// that empties on the way ends the turn there: nothing arrives, what was left is spent. Under a duty cycle a message waits until
// the off time of the one before it has passed.

import { computeEnergy, computeTime, macRateOf } from '../fleet/compute.ts';
import type { DeviceNode } from '../fleet/topology.ts';
import { type LinkFigures, receiveEnergy, transfer, transmitEnergy, wakeEnergy } from '../network/link.ts';
import { noOffTime, type OffUntil } from '../network/lora.ts';
import { bytes, macs } from '../units.ts';

export interface TurnWork {
  readonly bytesDown: number;
  readonly macs: number;
  /** 0 when there is nothing to send. */
  readonly bytesUp: number;
}

export interface Turn {
  /** Seconds, on the clock that `start` was given on. Not a number for what did not happen. */
  readonly downloadStart: number;
  readonly downloadEnd: number;
  readonly computeEnd: number;
  readonly uploadStart: number;
  readonly uploadEnd: number;
  /** Until when the duty cycle keeps each direction silent after it. */
  readonly offUntil: OffUntil;
  /** Seconds spent computing or on air: the rest of the round is waiting. */
  readonly busy: number;
  readonly compute: number;
  readonly transmit: number;
  readonly receive: number;
  readonly wake: number;
  readonly died: boolean;
  /** What was finished: 0 nothing, 1 the download, 2 training too, 3 all. */
  readonly finished: number;
}

interface Phase {
  readonly start: number;
  readonly time: number;
  readonly busy: number;
  readonly work: number;
  readonly wake: number;
}

/**
 * @param linkAt the device's link at a time
 * @param joules what the battery holds at the start
 * @param offUntil when the off times of earlier messages end, on the clock that `start` was given on
 */
export function takeTurn(
  device: DeviceNode,
  start: number,
  work: TurnWork,
  linkAt: (time: number) => LinkFigures,
  joules: number,
  offUntil: OffUntil = noOffTime,
): Turn {
  const { figures, profile } = device;
  const isLora = profile.radio === 'LoRa';
  const downloadStart = isLora ? Math.max(start, offUntil.down) : start;
  const down = transfer(bytes(work.bytesDown), linkAt(downloadStart), 'down', profile.radio);
  const computing = computeTime(macs(work.macs), macRateOf(figures));
  const computed = downloadStart + down.time + computing;
  const uploadStart = isLora && work.bytesUp > 0 ? Math.max(computed, offUntil.up) : computed;
  const up = transfer(bytes(work.bytesUp), linkAt(uploadStart), 'up', profile.radio);
  const phases: readonly Phase[] = [
    {
      start: downloadStart,
      time: down.time,
      busy: down.onAir,
      work: receiveEnergy(figures, down),
      wake: wakeEnergy(figures, 1),
    },
    {
      start: downloadStart + down.time,
      time: computing,
      busy: computing,
      work: computeEnergy(figures, computing),
      wake: 0,
    },
    {
      start: uploadStart,
      time: up.time,
      busy: up.onAir,
      work: transmitEnergy(figures, up),
      wake: work.bytesUp > 0 ? wakeEnergy(figures, 1) : 0,
    },
  ];
  let left = joules;
  let died = false;
  let finished = 0;
  const ends = [Number.NaN, Number.NaN, Number.NaN];
  const spent = phases.map((phase, index) => {
    if (died) return { work: 0, wake: 0, busy: 0 };
    const cost = phase.work + phase.wake;
    const share = cost <= left ? 1 : left / cost;
    died = share < 1;
    if (!died) finished++;
    left -= cost * share;
    ends[index] = phase.start + phase.time * share;
    return { work: phase.work * share, wake: phase.wake * share, busy: phase.busy * share };
  });
  return {
    downloadStart,
    downloadEnd: ends[0],
    computeEnd: ends[1],
    uploadStart: Number.isNaN(ends[2]) ? Number.NaN : uploadStart,
    uploadEnd: ends[2],
    offUntil: {
      up: up.offTime > 0 && !Number.isNaN(ends[2]) ? ends[2] + up.offTime : offUntil.up,
      down: down.offTime > 0 ? ends[0] + down.offTime : offUntil.down,
    },
    busy: spent[0].busy + spent[1].busy + spent[2].busy,
    receive: spent[0].work,
    compute: spent[1].work,
    transmit: spent[2].work,
    wake: spent[0].wake + spent[2].wake,
    died,
    finished,
  };
}
