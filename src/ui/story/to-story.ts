// A round as text: how long it took, which device it waited for and why, and which devices were absent.

import { numberOf, type Topology } from '../../sim/fleet/topology.ts';
import {
  type DeviceColumns,
  durationOf,
  hasDiverged,
  isAsync,
  isSemiAsync,
  type RoundRecord,
} from '../../sim/record/record.ts';
import { isAbsent, type Status, statusEntry, statuses } from '../../sim/record/statuses.ts';
import { formatCounted, formatSeconds } from '../format.ts';
import { type Cause, causeOf } from './cause.ts';
import { type Closing, closingOf } from './closing.ts';
import { labelOf } from './names.ts';

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
  /** How the round came to its end: 'it waited for the 10 Arduinos, whose 7.08 kB uploads take 577 ms at 100 kbit/s'. */
  readonly how: string;
  /** The nodes that it waited for, and what they are called: 'Arduino 2', '10 Arduinos'. Empty where it did not wait. */
  readonly ids: readonly string[];
  readonly who: string;
  /** 'whose 7.08 kB upload takes 577 ms at 100 kbit/s' */
  readonly because: string;
  /** The same for a tight place: '100 kbit/s link'. */
  readonly reason: string;
  readonly trained: number;
  readonly devices: number;
  readonly satOut: readonly SatOut[];
}

const FEW = 3;

function satOutOf(columns: DeviceColumns, topology: Topology): SatOut[] {
  const wasAbsent = (code: number): boolean => isAbsent(statuses[code]);
  const absent = columns.status.reduce((count, code) => count + (wasAbsent(code) ? 1 : 0), 0);
  return statuses.flatMap((status, code) => {
    if (!wasAbsent(code)) return [];
    const numbers = columns.number.filter((_, at) => columns.status[at] === code);
    const names = absent <= FEW ? Array.from(numbers, (number) => labelOf(`device-${number}`, topology)) : [];
    return numbers.length > 0 ? [{ status, count: numbers.length, names }] : [];
  });
}

/** 'it closed at its deadline after 600 ms, without 10 devices that came too late' */
const describeClosing = ({ by, after, late }: Closing): string =>
  `it closed ${by === 'deadline' ? 'at its deadline' : 'with enough updates'} after ${formatSeconds(after)}, without ${formatCounted(late, 'device')} that came too late`;

/** Work that came to nothing: nobody was missing, but no update arrived. */
const isInVain = (status: Status): boolean => statusEntry(status).inVain;

const noCause: Cause = { ids: [], who: '', because: '', reason: '' };

export function toStory(record: RoundRecord, topology: Topology): Story {
  const { devices, straggler } = record;
  const satOut = satOutOf(devices, topology);
  const count = devices.number.length;
  const trained = count - satOut.reduce((total, each) => total + each.count, 0);
  const base = { round: record.round, seconds: durationOf(record), trained, devices: count, satOut };
  const at = straggler ? devices.number.indexOf(numberOf(straggler)) : -1;
  if (at < 0) {
    const worked = satOut.some(({ status }) => isInVain(status));
    const how = worked ? 'no update reached the cloud' : 'no device could take part';
    return { ...base, straggler: null, waited: false, how, ...noCause };
  }
  const label = labelOf(straggler, topology);
  const closing = closingOf(record, topology);
  const nobodyWaits = isAsync(record);
  const waited = !nobodyWaits && closing === null;
  const cause = (waited && causeOf(record, topology)) || noCause;
  const ending = base.seconds > 0 ? '; nobody waited' : '';
  const lost = hasDiverged(record) ? '; the new model had diverged and was thrown away' : '';
  const came = isSemiAsync(record)
    ? describeAverages(record)
    : nobodyWaits && trained === 0
      ? `the cloud used updates that had come in before, ${formatAge(record.staleMean)}${ending}`
      : nobodyWaits
        ? `updates of ${formatCounted(trained, 'device')} came in, ${formatAge(record.staleMean)}${ending}`
        : closing
          ? describeClosing(closing)
          : `it waited for ${cause.ids.length > 1 ? `the ${cause.who}` : cause.who}, ${cause.because}`;
  return { ...base, straggler: { id: straggler, label }, waited, how: `${came}${lost}`, ...cause };
}

/**
 * '3 gateway averages of 12 updates came in, all from the latest version; only gateways waited'.
 * The averages are of the last tier that combines.
 */
function describeAverages({ synchrony, cloudReceived, cloudUpdates, staleMean }: RoundRecord): string {
  const tier = synchrony.fog === 'relay' ? 'gateway' : 'fog';
  const waits = (['gateway', 'fog'] as const).filter((each) => synchrony[each] === 'barrier').map((each) => `${each}s`);
  const came =
    cloudReceived === 0
      ? 'no average reached the cloud'
      : `${formatCounted(cloudReceived, `${tier} average`)} of ${formatCounted(cloudUpdates, 'update')} came in, ${formatAge(staleMean)}`;
  return `${came}; only ${waits.join(' and ')} waited`;
}

/** 'on average 1.3 versions old' */
const formatAge = (versions: number): string =>
  versions === 0 ? 'all from the latest version' : `on average ${versions.toFixed(1)} versions old`;
