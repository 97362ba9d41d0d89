// What the latest round did to one node, reshaped from the record's columns for its card.

import { numberOf } from '../../sim/fleet/topology.ts';
import { rowOf } from '../../sim/record/columns.ts';
import {
  codecOfDevice,
  type EnergyCause,
  energyCauses,
  energyColumn,
  type RoundRecord,
} from '../../sim/record/record.ts';
import { upperColumns } from '../graph/latest-record.ts';

export interface DeviceRound {
  readonly round: number;
  readonly samples: number;
  readonly steps: number;
  readonly loss: number;
  readonly accuracy: number;
  /** Seconds of each phase; 0 for a device that sat out. */
  readonly download: number;
  readonly compute: number;
  /** Seconds of its duty cycle's off time between training and upload. */
  readonly silent: number;
  readonly upload: number;
  readonly bytesDown: number;
  readonly bytesUp: number;
  readonly bytesUpRaw: number;
  readonly codec: string;
  /** Length (L2) of what error feedback holds back; NaN without it. */
  readonly residual: number;
  readonly energy: readonly { readonly cause: EnergyCause; readonly joules: number }[];
  readonly joules: number;
  /** Bytes of training memory that its model needed, and of storage. */
  readonly memory: number;
  readonly storage: number;
}

/** Not a number where a device sat out: it spent no time. */
const span = (from: number, to: number): number => (to > from ? to - from : 0);

export function toDeviceRound(record: RoundRecord, number: number): DeviceRound | null {
  const { devices } = record;
  const row = rowOf(devices.number, number);
  if (row === undefined) return null;
  const energy = energyCauses.map((cause) => ({ cause, joules: devices[energyColumn[cause]][row] }));
  return {
    round: record.round,
    samples: devices.samples[row],
    steps: devices.steps[row],
    loss: devices.loss[row],
    accuracy: devices.accuracy[row],
    download: span(devices.downloadStart[row], devices.downloadEnd[row]),
    compute: span(devices.downloadEnd[row], devices.computeEnd[row]),
    silent: span(devices.computeEnd[row], devices.uploadStart[row]),
    upload: span(devices.uploadStart[row], devices.uploadEnd[row]),
    bytesDown: devices.bytesDown[row],
    bytesUp: devices.bytesUp[row],
    bytesUpRaw: devices.bytesUpRaw[row],
    codec: codecOfDevice(record, row),
    residual: devices.residual[row],
    energy,
    joules: energy.reduce((sum, { joules }) => sum + joules, 0),
    memory: devices.memory[row],
    storage: devices.storage[row],
  };
}

export interface UpperRound {
  readonly round: number;
  readonly received: number;
  /** Updates that lay in its buffer at the record's end. */
  readonly buffered: number;
  readonly samples: number;
  readonly download: number;
  /** Seconds from the first byte it had to its last update's arrival. */
  readonly waiting: number;
  readonly aggregating: number;
  readonly upload: number;
  readonly bytesDown: number;
  readonly bytesUp: number;
  readonly bytesUpRaw: number;
}

export function toUpperRound(record: RoundRecord, id: string, tier: 'gateway' | 'fog'): UpperRound | null {
  const columns = upperColumns(record, tier);
  const row = rowOf(columns.number, numberOf(id));
  if (row === undefined) return null;
  return {
    round: record.round,
    received: columns.received[row],
    buffered: columns.buffered[row],
    samples: columns.samples[row],
    download: span(columns.downloadStart[row], columns.downloadEnd[row]),
    waiting: span(columns.downloadEnd[row], columns.lastArrival[row]),
    aggregating: span(columns.lastArrival[row], columns.aggregated[row]),
    upload: span(columns.aggregated[row], columns.uploadEnd[row]),
    bytesDown: columns.bytesDown[row],
    bytesUp: columns.bytesUp[row],
    bytesUpRaw: columns.bytesUpRaw[row],
  };
}

/** Share of each class's test samples that the global model gets right, 0 … 1. */
export function toRecall(confusion: Uint32Array): number[] {
  const classes = Math.round(Math.sqrt(confusion.length));
  return Array.from({ length: classes }, (_, row) => {
    const predicted = confusion.subarray(row * classes, (row + 1) * classes);
    const total = predicted.reduce((sum, count) => sum + count, 0);
    return total === 0 ? 0 : predicted[row] / total;
  });
}
