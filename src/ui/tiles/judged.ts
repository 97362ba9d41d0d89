// Whether a tile's figure meets its target. A figure that is good only because devices are missing says so, and meets nothing.

import { partOf, type RoundSummary } from './round-summary.ts';

/** 'partial': only some of the devices are behind the figure, so that it meets no target. */
export type Standing = 'good' | 'bad' | 'partial' | 'plain';

interface Judged {
  readonly standing: Standing;
  readonly note: string;
}

/** With devices missing a figure says of how many it is, and no target is met: they may be all that would have missed it. */
export function judged(
  last: RoundSummary | undefined,
  { standing, note }: Judged,
): Judged & {
  /** What there is no room to show. */
  readonly more?: string;
} {
  const part = last ? partOf(last) : '';
  if (part === '') return { standing, note };
  // What misses its target with few would miss it with all.
  return standing === 'bad' ? { standing, note, more: part } : { standing: 'partial', note: part, more: note };
}
