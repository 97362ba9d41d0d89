// The instant at which the animation of a round is paused. The graph's texts then describe that instant, so that they agree with the
// messages in flight. Null while it plays and after its end: then the texts describe the whole round.

import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { RoundRecord } from '../../sim/record/record.ts';

export interface PausedInstant {
  readonly record: RoundRecord;
  /** Seconds from the round's start. */
  readonly at: number;
}

const store = createStore<{ readonly instant: PausedInstant | null }>(() => ({ instant: null }));

export function setPausedInstant(instant: PausedInstant | null): void {
  const before = store.getState().instant;
  if (before?.record !== instant?.record || before?.at !== instant?.at) store.setState({ instant });
}

export const usePausedInstant = (): PausedInstant | null => useStore(store, ({ instant }) => instant);
