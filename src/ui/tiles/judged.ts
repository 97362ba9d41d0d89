// Whether a tile's figure meets its target. A figure that is good only because devices are missing says so, and meets nothing.

import { partOf, type RoundSummary } from './round-summary.ts';

/** 'partial': only some of the devices are behind the figure, so that it meets no target. */
export type Standing = 'good' | 'bad' | 'partial' | 'plain';

export interface Judged {
  readonly standing: Standing;
  readonly note: string;
  /** The note where it must share its line. */
  readonly short: string;
}

/** With devices missing a figure says of how many it is, and no target is met: they may be all that would have missed it. */
export function judged(
  last: RoundSummary | undefined,
  { standing, note, short }: Judged,
): { readonly standing: Standing; readonly note: string } {
  const part = last ? partOf(last) : '';
  if (part === '') return { standing, note };
  return { standing: standing === 'bad' ? 'bad' : 'partial', note: `${short}, ${part}` };
}
