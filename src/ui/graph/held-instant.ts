// The instant at which the playback of a round is held by a pause. What the graph says in words is then said of that instant, so that
// it agrees with the messages that are seen on their way. Null while it plays, and once it has ended: then all words are the round's.

import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { RoundRecord } from '../../sim/record/record.ts';

export interface HeldInstant {
  readonly record: RoundRecord;
  /** Seconds from the round's start. */
  readonly at: number;
}

const held = createStore<{ readonly instant: HeldInstant | null }>(() => ({ instant: null }));

export function holdAt(instant: HeldInstant | null): void {
  const before = held.getState().instant;
  if (before?.record !== instant?.record || before?.at !== instant?.at) held.setState({ instant });
}

export const useHeldInstant = (): HeldInstant | null => useStore(held, ({ instant }) => instant);
