// What the page adds to the table of statuses (src/sim/record/statuses.ts): for each reason of absence a sign on a 16 × 16 grid, where it
// stands, and its colour.

import { type AbsentStatus, absentStatuses, statusEntry } from '../../sim/record/statuses.ts';
import type { DeviceFill } from './graph-view.ts';
import type { Presence } from './presence.ts';
import type { DeviceSize } from './sizes.ts';

interface Sign {
  /** Strokes; `fill` has the parts that are filled. */
  readonly path: string;
  readonly fill?: string;
  /** It stands in the middle of the node, because there is nothing else to show; else in its corner. */
  readonly fills: boolean;
  /** The strokes are dots, and drawn wider. */
  readonly isDotted?: boolean;
}

const BATTERY = 'M1.8 5h10.4v6H1.8zM14.2 7v2';

const signs: Readonly<Record<AbsentStatus, Sign>> = {
  'out of memory': {
    path: 'M4.5 4.5h7v7h-7zM6.5 4V1.5M9.5 4V1.5M6.5 14.5V12M9.5 14.5V12M4 6.5H1.5M4 9.5H1.5M14.5 6.5H12M14.5 9.5H12',
    fill: 'M4.5 4.5h7v7h-7z',
    fills: true,
  },
  'out of storage': {
    path: 'M2.6 4.2c0-2.9 10.8-2.9 10.8 0v7.6c0 2.9-10.8 2.9-10.8 0zM2.6 4.2c0 2.7 10.8 2.7 10.8 0M2.6 8c0 2.7 10.8 2.7 10.8 0',
    fills: true,
  },
  'battery empty': {
    path: `${BATTERY}M2.5 14 11.5 2`,
    fills: true,
  },
  'not selected': {
    path: 'M3.6 8h8.8',
    fills: false,
  },
  diverged: {
    path: 'M2 13.5c5 0 7-3.5 8-10M6.8 5.4l3.3-3 2.6 3.6',
    fills: true,
  },
  'switched off': {
    path: 'M8 1.8v5.4M4.6 4.2a5 5 0 1 0 6.8 0',
    fills: true,
  },
  'cut off': {
    path: 'M8 1v4.4M8 10.6V15M4.4 9.4l7.2-2.8',
    fills: true,
  },
  offline: {
    path: 'M1.8 6.6a8.8 8.8 0 0 1 12.4 0M4.6 9.6a4.8 4.8 0 0 1 6.8 0M8 12.8v.1M3 14 13 2.4',
    fills: true,
  },
  'saving energy': {
    path: 'M12.9 9.7A5.4 5.4 0 0 1 6.3 3.1a5.4 5.4 0 1 0 6.6 6.6z',
    fills: false,
  },
  'battery died': {
    path: `${BATTERY}M5 6.2l4 3.6M9 6.2l-4 3.6`,
    fills: true,
  },
  late: {
    path: 'M8 2.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 1 0 8 2.2M8 4.8V8l2.4 1.6',
    fills: false,
  },
  'lost above': {
    path: 'M8 14.5V8M5 10.6 8 7.6l3 3M5.8 1.4l4.4 4M10.2 1.4l-4.4 4',
    fills: false,
  },
  'still working': {
    path: 'M3.4 8v.1M8 8v.1M12.6 8v.1',
    fills: false,
    isDotted: true,
  },
  'waits for others': {
    path: 'M5.8 3.8v8.4M10.2 3.8v8.4',
    fills: false,
  },
  'too stale': {
    path: 'M8 2.2a5.8 5.8 0 1 0 5.5 4M8 4.8V8l2.4 1.6M10.6 1.4l3.4 3.6M14 1.4l-3.4 3.6',
    fills: false,
  },
};

/** What the page shows of a status: its row in the table, its sign, and its colour in charts (theme.css has it by scheme). */
export const absenceOf = (status: AbsentStatus) => ({
  ...statusEntry(status),
  ...signs[status],
  color: `var(--absent-${status.replaceAll(' ', '-')})`,
});

const known: ReadonlySet<string> = new Set(absentStatuses);

export const isAbsence = (presence: Presence): presence is AbsentStatus => known.has(presence);

/** Where on a device its sign stands; in the middle it stands instead of what the device would show. */
export function signPlace(reason: AbsentStatus, size: DeviceSize['id'], deviceFill: DeviceFill): 'middle' | 'corner' {
  // The smallest nodes have no corner to spare; and whoever asks for the batteries wants to see them all.
  return size === 'dense' || (signs[reason].fills && deviceFill !== 'battery') ? 'middle' : 'corner';
}
