// How a link is drawn after the latest round: as wide as its bytes are many. Shared by the edges and by the painted fleet. Pure.

import type { FoglineState } from '../../store/store.ts';
import { linkBytes, selectLatest } from './latest-record.ts';

const BROADEST = 6;

/**
 * Bytes span decades, so widths grow more slowly than bytes do: 1 kB is 1.4 px, 14 kB (a model down and an update up, not
 * compressed) twice that. In quarters of a pixel, so that most rounds change nothing.
 */
const widthOf = (bytes: number): number =>
  Math.min(BROADEST, Math.round(4 * (0.7 + 0.65 * (bytes / 1000) ** 0.45)) / 4);

/** Width of the link's line; 0 if nothing was sent up in the last round. */
export function selectWidth(state: Pick<FoglineState, 'history'>, id: string): number {
  const bytes = linkBytes(selectLatest(state), id);
  return bytes && bytes.up > 0 ? widthOf(bytes.up + bytes.down) : 0;
}
