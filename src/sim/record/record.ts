// What one round did, in columns: typed arrays with one entry a device (or gateway, or fog), so that ten thousand devices
// cross from the worker to the page without ten thousand objects. Times are seconds from the round's start.

import type { Synchrony } from '../engine/synchrony.ts';
import type { Change, Edit } from '../experiment/edits.ts';
import type { ModelKind } from '../model/models.ts';
import type { Evaluation } from '../trainer.ts';
import { type AbsentStatus, isAbsent, type Status, statuses, statusTable } from './statuses.ts';

export interface DeviceColumns {
  /** Device numbers: 7 for device-7. The other columns are in this order. */
  readonly number: Int32Array;
  /** Codes: indices into `statusTable`. */
  readonly status: Uint8Array;
  /** Which model the device trains: an index into `modelKinds`. */
  readonly model: Uint8Array;
  /** Training samples that the device holds. */
  readonly samples: Int32Array;
  readonly epochs: Int32Array;
  readonly steps: Int32Array;
  /** Mean training loss (nats) and accuracy (0 … 1); NaN for a device that sat out. */
  readonly loss: Float32Array;
  readonly accuracy: Float32Array;
  /** Multiply-accumulates of local training. */
  readonly macs: Float64Array;
  /** Bytes of training memory that the model needs here. */
  readonly memory: Float64Array;
  /** Bytes of storage that taking part needs here, firmware included; and the share of the device's storage that this is. */
  readonly storage: Float64Array;
  readonly storageShare: Float32Array;
  readonly bytesDown: Float64Array;
  /** The same as 32-bit floats, before the codec. */
  readonly bytesDownRaw: Float64Array;
  /** Bytes of the update as 32-bit floats, before the codec. */
  readonly bytesUpRaw: Float64Array;
  /** Bytes that went up, after the codec. */
  readonly bytesUp: Float64Array;
  /** The rung of the ladder that the adaptive policy picked; −1 for the codec of the devices' tier. */
  readonly rung: Int8Array;
  /** Euclidean length of what error feedback holds back; NaN without it, and for a device that sent nothing. */
  readonly residual: Float32Array;
  readonly downloadStart: Float64Array;
  readonly downloadEnd: Float64Array;
  readonly computeEnd: Float64Array;
  /** After the training, and after the off time that the duty cycle asked for. */
  readonly uploadStart: Float64Array;
  readonly uploadEnd: Float64Array;
  /** Off time of the duty cycle that was left at the round's start, seconds: from the device up, and from its gateway down. */
  readonly offTimeUp: Float64Array;
  readonly offTimeDown: Float64Array;
  /** Joules by cause; their sum is the device's energy of the round. */
  readonly energyCompute: Float64Array;
  readonly energyTransmit: Float64Array;
  readonly energyReceive: Float64Array;
  readonly energyWake: Float64Array;
  readonly energyIdle: Float64Array;
  readonly energySleep: Float64Array;
  /** Joules left, and share of the capacity left (0 … 1); Infinity and 1 on mains. */
  readonly batteryLeft: Float64Array;
  readonly batteryShare: Float32Array;
}

/** Gateways or fogs: what came in, went up and went down, and when. */
export interface UpperColumns {
  readonly number: Int32Array;
  /** Updates that arrived from below. */
  readonly received: Int32Array;
  /** Updates that lay in its buffer at the record's end. */
  readonly buffered: Int32Array;
  readonly samples: Float64Array;
  readonly bytesUpRaw: Float64Array;
  readonly bytesUp: Float64Array;
  readonly bytesDown: Float64Array;
  readonly bytesDownRaw: Float64Array;
  readonly downloadStart: Float64Array;
  readonly downloadEnd: Float64Array;
  /** When the last update had arrived, when it was aggregated, and when it had been sent up. */
  readonly lastArrival: Float64Array;
  /** When it stopped waiting: for the last that it had asked, or at its deadline or goal. NaN where it does not wait. */
  readonly closed: Float64Array;
  readonly aggregated: Float64Array;
  readonly uploadEnd: Float64Array;
}

/** What a lane of the timeline shows a node doing. */
export const activities = ['download', 'compute', 'upload', 'aggregate', 'wait'] as const;
export type Activity = (typeof activities)[number];

/**
 * Who did what when, one entry a bar: seconds from the round's start. A node may have several bars of a kind.
 * Waiting has bars where it is no gap between others: devices whose gateway or fog waits, under a cloud that does not.
 */
export interface TimelineColumns {
  /** Row of the node: devices first, in their columns' order, then gateways, then fogs, then the cloud. */
  readonly lane: Int32Array;
  /** Index into `activities`. */
  readonly activity: Uint8Array;
  readonly start: Float64Array;
  readonly end: Float64Array;
}

export interface FamilyResult {
  readonly kind: ModelKind;
  readonly devices: number;
  readonly accuracy: number;
  readonly loss: number;
  /** Distillation loss of the round (T² × KL, nats); NaN without distillation. */
  readonly distillation: number;
  /** True if a step of the cloud, or distillation, left the numbers in this round: the model stayed as it was before. */
  readonly diverged: boolean;
}

/** The codecs of a round, by name. */
export interface RoundCodecs {
  readonly device: string;
  readonly gateway: string;
  readonly fog: string;
  readonly down: string;
  /** Of the ladder's rungs, where devices choose; the column `rung` points into these. */
  readonly rungs: readonly string[];
}

export interface RoundRecord {
  /** 1 for the first round. */
  readonly round: number;
  /** Simulated seconds since the run began, at this round's start and end. */
  readonly start: number;
  readonly end: number;
  /** How the nodes of each tier combined updates. */
  readonly synchrony: Readonly<Record<'gateway' | 'fog' | 'cloud', Synchrony>>;
  readonly devices: DeviceColumns;
  readonly gateways: UpperColumns;
  readonly fogs: UpperColumns;
  readonly timeline: TimelineColumns;
  /** When the last fog's update had arrived at the cloud. */
  readonly cloudLastArrival: number;
  /** When the cloud stopped waiting: for the last that it had asked, or at its deadline or goal. NaN where it does not wait. */
  readonly cloudClosed: number;
  /** Updates that the cloud's steps combined: devices' own, or averages of the nodes below. */
  readonly cloudReceived: number;
  /** Devices' updates behind those. */
  readonly cloudUpdates: number;
  /** Versions that the cloud's model had moved on by when an update arrived, on average; 0 in a synchronous round. */
  readonly staleMean: number;
  /** The global model on the held-out test set; with several families, the one that does best. */
  readonly evaluation: Evaluation;
  /** Each family of models: how many devices train it, and how it does on the test set. */
  readonly families: readonly FamilyResult[];
  /** Id of the device that the round waited for, '' if none took part. */
  readonly straggler: string;
  readonly codecs: RoundCodecs;
  /** Live changes that took hold at this round's start. */
  readonly changes: readonly Change[];
}

export type History = readonly RoundRecord[];

const energyColumns = [
  'energyCompute',
  'energyTransmit',
  'energyReceive',
  'energyWake',
  'energyIdle',
  'energySleep',
] as const;
export type EnergyCause = 'compute' | 'transmit' | 'receive' | 'wake' | 'idle' | 'sleep';
export const energyCauses: readonly EnergyCause[] = ['compute', 'transmit', 'receive', 'wake', 'idle', 'sleep'];
export const energyColumn: Readonly<Record<EnergyCause, (typeof energyColumns)[number]>> = {
  compute: 'energyCompute',
  transmit: 'energyTransmit',
  receive: 'energyReceive',
  wake: 'energyWake',
  idle: 'energyIdle',
  sleep: 'energySleep',
};

export const sum = (column: ArrayLike<number>): number => {
  let total = 0;
  for (let i = 0; i < column.length; i++) total += column[i];
  return total;
};

/** Whether the cloud waits for nobody: the record is a number of updates, not a round. */
export const isAsync = ({ synchrony }: RoundRecord): boolean => synchrony.cloud === 'buffer';

/** Whether the cloud waits for nobody, and gateways or fogs wait for those below them. */
export const isSemiAsync = (record: RoundRecord): boolean =>
  isAsync(record) && (record.synchrony.gateway === 'barrier' || record.synchrony.fog === 'barrier');

/** Seconds that the round took, from the cloud's first byte down to its aggregation. */
export const durationOf = (record: RoundRecord): number => record.end - record.start;

/** Joules that all devices spent on one cause. */
export const energyOfCause = (record: RoundRecord, cause: EnergyCause): number =>
  sum(record.devices[energyColumn[cause]]);

/** Joules that all devices spent in the round. */
export const energyOfRound = (record: RoundRecord): number =>
  energyCauses.reduce((total, cause) => total + energyOfCause(record, cause), 0);

/** Bytes that went up on every link: devices, gateways and fogs. */
export const bytesUpOf = ({ devices, gateways, fogs }: RoundRecord): number =>
  sum(devices.bytesUp) + sum(gateways.bytesUp) + sum(fogs.bytesUp);

/** The same as 32-bit floats, before any codec. */
export const bytesUpRawOf = ({ devices, gateways, fogs }: RoundRecord): number =>
  sum(devices.bytesUpRaw) + sum(gateways.bytesUpRaw) + sum(fogs.bytesUpRaw);

export const bytesDownRawOf = ({ devices, gateways, fogs }: RoundRecord): number =>
  sum(devices.bytesDownRaw) + sum(gateways.bytesDownRaw) + sum(fogs.bytesDownRaw);

export const bytesDownOf = ({ devices, gateways, fogs }: RoundRecord): number =>
  sum(devices.bytesDown) + sum(gateways.bytesDown) + sum(fogs.bytesDown);

/** The codec that a device's update was packed with: its tier's, or the one that it chose. */
export const codecOfDevice = ({ devices, codecs }: RoundRecord, row: number): string =>
  codecs.rungs[devices.rung[row]] ?? codecs.device;

/** Mean length (L2) of what devices' error feedback holds back; null if none holds anything back. */
export function meanResidual({ devices }: RoundRecord): number | null {
  const held = [...devices.residual].filter((norm) => !Number.isNaN(norm));
  return held.length === 0 ? null : sum(held) / held.length;
}

/** How many devices have this status. */
export const countWithStatus = (record: RoundRecord, status: Status): number => {
  const wanted = statuses.indexOf(status);
  return record.devices.status.reduce((count, each) => count + (each === wanted ? 1 : 0), 0);
};

/** How many devices' updates were combined. */
export const contributedOf = ({ devices }: RoundRecord): number =>
  devices.status.reduce((count, code) => count + (statusTable[code].contributed ? 1 : 0), 0);

/** Devices that still have energy: on mains, or with charge left. */
export const aliveCount = ({ devices }: RoundRecord): number =>
  devices.batteryShare.reduce((count, share) => count + (share > 0 ? 1 : 0), 0);

/** Whether a global model diverged in the round. */
export const hasDiverged = ({ families }: RoundRecord): boolean => families.some(({ diverged }) => diverged);

/** How many devices were absent for each reason; reasons without a device are left out. */
export function absencesOf({ devices }: RoundRecord): Map<AbsentStatus, number> {
  const counts = new Map<AbsentStatus, number>();
  for (const code of devices.status) {
    const status = statuses[code];
    if (isAbsent(status)) counts.set(status, (counts.get(status) ?? 0) + 1);
  }
  return counts;
}

/** Share of its storage that the fullest device needs; above 1 it does not fit. */
export const fullestStorage = ({ devices }: RoundRecord): number =>
  devices.storageShare.reduce((most, share) => Math.max(most, share), 0);

/** The lowest battery share, 0 … 1; 1 if every device is on mains. */
export const lowestBattery = ({ devices }: RoundRecord): number =>
  devices.batteryShare.reduce((least, share) => Math.min(least, share), 1);

/** The live changes of a run, as `run` takes them to replay it. */
export const editsOf = (history: History): Edit[] =>
  history.filter(({ changes }) => changes.length > 0).map(({ round, changes }) => ({ round, changes }));

/** Every buffer of a record, to transfer instead of copy. */
export function buffersOf(record: RoundRecord): ArrayBuffer[] {
  const columns = [record.devices, record.gateways, record.fogs, record.timeline].flatMap(
    (each) => Object.values(each) as ArrayBufferView[],
  );
  return [...columns, record.evaluation.confusion].map((column) => column.buffer as ArrayBuffer);
}
