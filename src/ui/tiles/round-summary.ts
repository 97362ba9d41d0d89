// One round in ten numbers: all that tiles and charts draw of it. A record's columns are added up once, however often it is
// drawn: with 300 devices and 1,000 rounds that is 1.5 million additions that no frame should pay again.

import {
  absencesOf,
  bytesDownOf,
  bytesUpOf,
  bytesUpRawOf,
  contributedOf,
  durationOf,
  energyOfCause,
  type History,
  type RoundRecord,
} from '../../sim/record/record.ts';
import { type AbsentStatus, statusEntry } from '../../sim/record/statuses.ts';
import { formatPart, formatRatio } from '../format.ts';

export interface RoundSummary {
  readonly round: number;
  /** Share of the test set that the global model gets right, 0 … 1. */
  readonly accuracy: number;
  /** Cross-entropy of the global model on the test set (nats). */
  readonly loss: number;
  /** Simulated seconds that the round took. */
  readonly seconds: number;
  /** Joules of all devices, by cause and together. */
  readonly compute: number;
  readonly transmit: number;
  readonly receive: number;
  readonly wake: number;
  readonly idle: number;
  readonly sleep: number;
  readonly joules: number;
  /** Bytes on every link, up (after and before the codecs) and down. */
  readonly up: number;
  readonly upRaw: number;
  readonly down: number;
  /** Devices in the network; those whose update counted; those that should have taken part and could not. */
  readonly devices: number;
  readonly trained: number;
  readonly missing: number;
}

/** Whether the experiment asks for it: nothing is missing, it was not its turn, or it is at it. */
const isByChoice = (status: AbsentStatus): boolean => ['calm', 'busy'].includes(statusEntry(status).severity);

const known = new WeakMap<RoundRecord, RoundSummary>();

function summarise(record: RoundRecord): RoundSummary {
  const devices = record.devices.number.length;
  const compute = energyOfCause(record, 'compute');
  const transmit = energyOfCause(record, 'transmit');
  const receive = energyOfCause(record, 'receive');
  const wake = energyOfCause(record, 'wake');
  const idle = energyOfCause(record, 'idle');
  const sleep = energyOfCause(record, 'sleep');
  return {
    round: record.round,
    accuracy: record.evaluation.accuracy,
    loss: record.evaluation.loss,
    seconds: durationOf(record),
    compute,
    transmit,
    receive,
    wake,
    idle,
    sleep,
    joules: compute + transmit + receive + wake + idle + sleep,
    up: bytesUpOf(record),
    upRaw: bytesUpRawOf(record),
    down: bytesDownOf(record),
    devices,
    trained: contributedOf(record),
    missing: [...absencesOf(record)].reduce((sum, [status, count]) => sum + (isByChoice(status) ? 0 : count), 0),
  };
}

export function summaryOf(record: RoundRecord): RoundSummary {
  const before = known.get(record);
  if (before) return before;
  const summary = summarise(record);
  known.set(record, summary);
  return summary;
}

/** '20 of 30 devices' where some are missing, else ''. */
export const partOf = ({ trained, devices, missing }: RoundSummary): string =>
  missing > 0 ? formatPart(trained, devices, 'device') : '';

/** How many times smaller the uploads were than as 32-bit floats; NaN if nothing went up. */
export const compressionOf = ({ up, upRaw }: RoundSummary): number => (up > 0 ? upRaw / up : Number.NaN);

/** Header and checksum make a message of plain floats this much larger; that is not worth a word. */
const HEADERS = 0.015;
/** Nearer to 1 than this a ratio says less than a percentage. */
const FEW_PERCENT = 0.1;

/** That ratio in words, true for any mix of codecs: 'same size as FP32', '3.8× smaller than FP32', '1.3× the size of FP32'. */
export function sayRatio(ratio: number): string {
  if (Number.isNaN(ratio)) return 'nothing sent';
  if (Math.abs(1 - ratio) < HEADERS) return 'same size as FP32';
  const saved = 1 - 1 / ratio;
  if (Math.abs(saved) < FEW_PERCENT)
    return `${Math.round(100 * Math.abs(saved))} % ${saved > 0 ? 'smaller' : 'larger'} than FP32`;
  return ratio > 1 ? `${formatRatio(ratio)} smaller than FP32` : `${formatRatio(1 / ratio)} the size of FP32`;
}

/** Joules that all devices have spent since the run began. */
export const joulesSoFar = (history: History): number =>
  history.reduce((total, record) => total + summaryOf(record).joules, 0);
