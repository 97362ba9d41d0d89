// A ready experiment that teaches one thing.

import type { Change } from '../experiment/edits.ts';

export interface Lesson {
  readonly id: string;
  readonly label: string;
  /** What to look at, or to do, in one sentence. */
  readonly about: string;
  /** What differs from the default experiment. */
  readonly changes: readonly Change[];
}
