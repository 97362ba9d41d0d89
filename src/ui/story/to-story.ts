// A round told in words: how long it took, whom it waited for and why, and who sat out.

import { transfer } from '../../sim/network/link.ts';
import {
  countOf,
  type DeviceColumns,
  durationOf,
  isAsync,
  type RoundRecord,
  type Status,
  statuses,
} from '../../sim/record.ts';
import { type DeviceNode, numberOf, type Topology } from '../../sim/topology.ts';
import { bytes } from '../../sim/units.ts';
import { formatBytes, formatCounted, formatSeconds } from '../format.ts';
import { type Closing, closingOf } from './closing.ts';
import { formatRate, labelOf } from './names.ts';

export interface SatOut {
  readonly status: Status;
  readonly count: number;
  /** Who, if all that were absent are few: the graph and the timeline show the others. */
  readonly names: readonly string[];
}

export interface Story {
  readonly round: number;
  readonly seconds: number;
  /** The device whose update was the last that counted; null if none took part. */
  readonly straggler: { readonly id: string; readonly label: string } | null;
  /** Whether the round's time is its straggler's: false where it closed before the last, or nobody waited. */
  readonly waited: boolean;
  /** How the round came to its end: 'it waited for Arduino 2, whose 7.08 kB upload takes 577 ms at 100 kbit/s'. */
  readonly how: string;
  /** 'whose 7.08 kB upload takes 577 ms at 100 kbit/s' */
  readonly because: string;
  /** The same for a tight place: '100 kbit/s link'. */
  readonly reason: string;
  readonly trained: number;
  readonly devices: number;
  readonly satOut: readonly SatOut[];
}

const FEW = 3;

/** '100 kbit/s', or nothing if the link was edited since and no longer explains the time. */
function rateOf(device: DeviceNode | undefined, direction: 'up' | 'down', size: number, seconds: number): string {
  if (!device) return '';
  const { time } = transfer(bytes(size), device.figures, direction, device.profile.radio);
  if (Math.abs(time - seconds) > 0.01 * seconds) return '';
  return formatRate(direction === 'up' ? device.figures.uplink : device.figures.downlink);
}

/**
 * The longest of the straggler's download, training, off time of its duty cycle and upload; the upload before the download if
 * they are as long.
 */
function causeOf(
  columns: DeviceColumns,
  at: number,
  device: DeviceNode | undefined,
): Pick<Story, 'because' | 'reason'> {
  const down = columns.downloadEnd[at] - columns.downloadStart[at];
  const compute = columns.computeEnd[at] - columns.downloadEnd[at];
  const silent = columns.uploadStart[at] - columns.computeEnd[at];
  const up = columns.uploadEnd[at] - columns.uploadStart[at];
  if (silent > Math.max(down, compute, up)) {
    return {
      because: `whose duty cycle kept it silent for ${formatSeconds(silent)} before its upload`,
      reason: `${formatSeconds(silent)} of off time`,
    };
  }
  if (compute > Math.max(down, up)) {
    return {
      because: `whose training takes ${formatSeconds(compute)}`,
      reason: `${formatSeconds(compute)} of training`,
    };
  }
  const direction = up >= down * 0.98 ? 'up' : 'down';
  const size = direction === 'up' ? columns.bytesUp[at] : columns.bytesDown[at];
  const seconds = direction === 'up' ? up : down;
  const rate = rateOf(device, direction, size, seconds);
  return {
    because: `whose ${formatBytes(size)} ${direction}load takes ${formatSeconds(seconds)}${rate && ` at ${rate}`}`,
    reason: rate ? `${rate} link` : `${formatSeconds(seconds)} of ${direction}load`,
  };
}

function satOutOf(columns: DeviceColumns, topology: Topology): SatOut[] {
  const absent = columns.status.reduce((count, status) => count + (status === 0 ? 0 : 1), 0);
  return statuses.slice(1).flatMap((status, index) => {
    const numbers = columns.number.filter((_, at) => columns.status[at] === index + 1);
    const names = absent <= FEW ? Array.from(numbers, (number) => labelOf(`device-${number}`, topology)) : [];
    return numbers.length > 0 ? [{ status, count: numbers.length, names }] : [];
  });
}

const LATE = 'late';

/** 'it closed at its deadline after 600 ms, without 10 devices that came too late' */
const tellClosing = ({ by, after, late }: Closing): string =>
  `it closed ${by === 'deadline' ? 'at its deadline' : 'with enough updates'} after ${formatSeconds(after)}, without ${formatCounted(late, 'device')} that came too late`;

/** Work that came to nothing: nobody was missing, but no update arrived. */
const inVain: readonly Status[] = [LATE, 'lost above', 'diverged', 'battery died'];

export function toStory(record: RoundRecord, topology: Topology): Story {
  const { devices, straggler } = record;
  const satOut = satOutOf(devices, topology);
  const count = devices.number.length;
  const trained = count - satOut.reduce((total, each) => total + each.count, 0);
  const base = { round: record.round, seconds: durationOf(record), trained, devices: count, satOut };
  const at = straggler ? devices.number.indexOf(numberOf(straggler)) : -1;
  if (at < 0) {
    const worked = inVain.some((status) => countOf(record, status) > 0);
    const how = worked ? 'no update reached the cloud' : 'no device could take part';
    return { ...base, straggler: null, waited: false, how, because: '', reason: '' };
  }
  const node = topology.byId.get(straggler);
  const label = labelOf(straggler, topology);
  const cause = causeOf(devices, at, node?.tier === 'device' ? node : undefined);
  const closing = closingOf(record, topology);
  const nobodyWaits = isAsync(record);
  // Boards of a kind are done at one instant, with more updates than one buffer takes.
  const ending = base.seconds > 0 ? '; nobody waited' : '';
  const when = base.seconds > 0 ? '' : ' together with the round before';
  const how = nobodyWaits
    ? `updates of ${formatCounted(trained, 'device')} came in${when}, ${formatAge(record.staleMean)}${ending}`
    : closing
      ? tellClosing(closing)
      : `it waited for ${label}, ${cause.because}`;
  const waited = !nobodyWaits && closing === null;
  return { ...base, straggler: { id: straggler, label }, waited, how, ...cause };
}

/** 'on average 1.3 versions old' */
const formatAge = (versions: number): string =>
  versions === 0 ? 'all from the latest version' : `on average ${versions.toFixed(1)} versions old`;
