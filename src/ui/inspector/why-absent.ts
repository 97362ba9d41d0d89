// Why a device's update did not count in a round, in one sentence; what it cost is said with it where it worked in vain.

import type { Status } from '../../sim/record/record.ts';
import { formatJoules } from '../format.ts';
import { formatMemory } from '../shared/format-memory.ts';

export interface AbsenceFacts {
  /** Bytes that training needed, and the device's RAM in bytes. */
  readonly memory: number;
  readonly ram: number;
  /** Bytes of storage that taking part needed, and the device's storage in bytes. */
  readonly storage: number;
  readonly capacity: number;
  /** Joules of the round. */
  readonly joules: number;
}

type Absence = Exclude<Status, 'trained' | 'arrived'>;

const sentences: Readonly<Record<Absence, (facts: AbsenceFacts) => string>> = {
  'out of memory': ({ memory, ram }) =>
    memory > ram
      ? `Out of memory: training needs ${formatMemory(memory - ram)} more than its RAM.`
      : 'Out of memory: training needed more than its RAM.',
  'out of storage': ({ storage, capacity }) =>
    storage > capacity
      ? `Out of storage: it has to hold ${formatMemory(storage - capacity)} more than its storage does.`
      : 'Out of storage: it had to hold more than its storage did.',
  'battery empty': () => 'Battery empty: it cannot take part until it is charged.',
  'not selected': () => 'Not selected: the policy asked others this round.',
  diverged: ({ joules }) =>
    `Diverged: its weights were no longer numbers, so there was nothing to send. ${formatJoules(joules)} were spent.`,
  'switched off': () => 'Switched off by hand.',
  'cut off': () => 'Cut off: its link or the way above it was down when the round began.',
  offline: () => 'Offline: it could not be reached when the round began.',
  'saving energy': () => 'Saving energy: its schedule sat this round out.',
  'battery died': ({ joules }) =>
    `Battery died: it emptied on the way and nothing arrived. ${formatJoules(joules)} were spent.`,
  late: ({ joules }) => `Late: its update arrived after the round had closed. ${formatJoules(joules)} were spent.`,
  'lost above': ({ joules }) =>
    `Lost above: its gateway had the update and could not pass it on. ${formatJoules(joules)} were spent.`,
  'too stale': ({ joules }) =>
    `Too stale: the model had moved on by more versions than an update may be old, and it was dropped. ${formatJoules(joules)} were spent.`,
  'still working': () => 'Still working: its update is on its way, and counts when it arrives.',
};

export const toAbsenceSentence = (status: Absence, facts: AbsenceFacts): string => sentences[status](facts);

/** States that are worth alarm: something was lost, or cannot go on by itself. */
export const isBadState = (state: string): boolean =>
  [
    'out of memory',
    'out of storage',
    'battery empty',
    'battery died',
    'diverged',
    'late',
    'too stale',
    'lost above',
    'cut off',
  ].includes(state);
