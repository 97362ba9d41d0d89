// Why a device was absent, as the graph shows it: a sign on a 16 × 16 grid, how grave it is, and a sentence.

import type { DeviceFill } from './graph-view.ts';
import type { Presence } from './presence.ts';
import type { DeviceSize } from './sizes.ts';

export type AbsenceReason = Exclude<Presence, 'trained' | 'arrived' | 'waiting' | 'returning'>;

/**
 * 'bad': something broke just now. 'dead': and stays so. 'warn': it cannot, or its work came to nothing. 'off': it is away, by
 * hand or by itself. 'calm': it was not its turn, and nothing is wrong. 'busy': it is at it.
 */
export type Gravity = 'bad' | 'dead' | 'warn' | 'off' | 'calm' | 'busy';

export interface Absence {
  /** Strokes; `fill` has the parts that are filled. */
  readonly path: string;
  readonly fill?: string;
  readonly gravity: Gravity;
  /** It stands in the middle of the node, because there is nothing else to show; else in its corner. */
  readonly fills: boolean;
  readonly help: string;
}

const BATTERY = 'M1.8 5h10.4v6H1.8zM14.2 7v2';

/** In the order in which the legend names them: the gravest first. */
export const absences: Readonly<Record<AbsenceReason, Absence>> = {
  'battery died': {
    path: `${BATTERY}M5 6.2l4 3.6M9 6.2l-4 3.6`,
    gravity: 'bad',
    fills: true,
    help: 'Its battery emptied while it worked: nothing arrived, and the energy is spent.',
  },
  'battery empty': {
    path: `${BATTERY}M2.5 14 11.5 2`,
    gravity: 'dead',
    fills: true,
    help: 'Its battery has nothing left.',
  },
  diverged: {
    path: 'M2 13.5c5 0 7-3.5 8-10M6.8 5.4l3.3-3 2.6 3.6',
    gravity: 'bad',
    fills: true,
    help: 'Its weights are no longer numbers: nothing to send. A lower learning rate helps.',
  },
  'out of memory': {
    path: 'M4.5 4.5h7v7h-7zM6.5 4V1.5M9.5 4V1.5M6.5 14.5V12M9.5 14.5V12M4 6.5H1.5M4 9.5H1.5M14.5 6.5H12M14.5 9.5H12',
    fill: 'M4.5 4.5h7v7h-7z',
    gravity: 'warn',
    fills: true,
    help: 'Training needs more memory than it has.',
  },
  'out of storage': {
    path: 'M2.6 4.2c0-2.9 10.8-2.9 10.8 0v7.6c0 2.9-10.8 2.9-10.8 0zM2.6 4.2c0 2.7 10.8 2.7 10.8 0M2.6 8c0 2.7 10.8 2.7 10.8 0',
    gravity: 'warn',
    fills: true,
    help: 'Its storage cannot hold its program, the model, its samples and what must survive a power cut.',
  },
  'lost above': {
    path: 'M8 14.5V8M5 10.6 8 7.6l3 3M5.8 1.4l4.4 4M10.2 1.4l-4.4 4',
    gravity: 'warn',
    fills: false,
    help: 'Its gateway had its update, and could not pass it on.',
  },
  late: {
    path: 'M8 2.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 1 0 8 2.2M8 4.8V8l2.4 1.6',
    gravity: 'warn',
    fills: false,
    help: 'Its update came after the round had closed; the energy is spent.',
  },
  'too stale': {
    path: 'M8 2.2a5.8 5.8 0 1 0 5.5 4M8 4.8V8l2.4 1.6M10.6 1.4l3.4 3.6M14 1.4l-3.4 3.6',
    gravity: 'warn',
    fills: false,
    help: 'The model had moved on by more versions than an update may be old: it was dropped, and the energy is spent.',
  },
  'switched off': {
    path: 'M8 1.8v5.4M4.6 4.2a5 5 0 1 0 6.8 0',
    gravity: 'off',
    fills: true,
    help: 'Switched off by hand.',
  },
  'cut off': {
    path: 'M8 1v4.4M8 10.6V15M4.4 9.4l7.2-2.8',
    gravity: 'off',
    fills: true,
    help: 'A link or a node on its way to the cloud is switched off.',
  },
  offline: {
    path: 'M1.8 6.6a8.8 8.8 0 0 1 12.4 0M4.6 9.6a4.8 4.8 0 0 1 6.8 0M8 12.8v.1M3 14 13 2.4',
    gravity: 'off',
    fills: true,
    help: 'It could not be reached at the time, by its availability trace.',
  },
  'saving energy': {
    path: 'M12.9 9.7A5.4 5.4 0 0 1 6.3 3.1a5.4 5.4 0 1 0 6.6 6.6z',
    gravity: 'calm',
    fills: false,
    help: 'Its energy schedule sits this round out.',
  },
  'not selected': {
    path: 'M3.6 8h8.8',
    gravity: 'calm',
    fills: false,
    help: 'The policy picked others.',
  },
  'still working': {
    path: 'M3.4 8v.1M8 8v.1M12.6 8v.1',
    gravity: 'busy',
    fills: false,
    help: 'Its update is on its way from an earlier round; it is not asked again before.',
  },
};

export const absenceReasons = Object.keys(absences) as readonly AbsenceReason[];

export const isAbsence = (presence: Presence): presence is AbsenceReason => Object.hasOwn(absences, presence);

/** Where on a device its sign stands; in the middle it stands instead of what the device would show. */
export function signPlace(reason: AbsenceReason, size: DeviceSize['id'], deviceFill: DeviceFill): 'middle' | 'corner' {
  // The smallest nodes have no corner to spare; and whoever asks for the batteries wants to see them all.
  return size === 'dense' || (absences[reason].fills && deviceFill !== 'battery') ? 'middle' : 'corner';
}
