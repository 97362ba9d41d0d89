// Why a device's update did not count in a round, in one sentence: what the table of statuses says, how much was missing, and what its
// work cost where it came to nothing.

import { type AbsentStatus, type StatusEntry, statusEntry } from '../../sim/record/statuses.ts';
import { formatJoules } from '../format.ts';
import { formatMemory } from '../shared/format-memory.ts';

export interface AbsenceFacts {
  /** Bytes of memory that training needed, and the device's RAM in bytes. */
  readonly memory: number;
  readonly ram: number;
  /** Bytes of storage that taking part needed, and the device's storage in bytes. */
  readonly storage: number;
  readonly capacity: number;
  /** Joules of the round. */
  readonly joules: number;
}

/** How much was missing; null if nothing is: a device that was edited since may have enough by now. */
function missing(shortOf: StatusEntry['shortOf'], { memory, ram, storage, capacity }: AbsenceFacts): string | null {
  if (shortOf === 'memory' && memory > ram) return `Training needs ${formatMemory(memory - ram)} more than its RAM.`;
  if (shortOf === 'storage' && storage > capacity)
    return `It has to hold ${formatMemory(storage - capacity)} more than its storage does.`;
  return null;
}

export function toAbsenceSentence(status: AbsentStatus, facts: AbsenceFacts): string {
  const { label, help, inVain, shortOf } = statusEntry(status);
  const spent = inVain ? ` ${formatJoules(facts.joules)} were spent.` : '';
  const sentence = missing(shortOf, facts) ?? help;
  return `${label[0].toUpperCase()}${label.slice(1)}: ${sentence[0].toLowerCase()}${sentence.slice(1)}${spent}`;
}
