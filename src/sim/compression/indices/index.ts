// The registry of index codings: one line each.

import type { OwnSettings, ValuesOf } from '../../experiment/variants.ts';
import { bitmap } from './bitmap.ts';
import { packed, u16, u32 } from './fixed.ts';
import type { IndexCoding } from './index-coding.ts';
import { rice } from './rice.ts';

export const indexCodings = {
  u32,
  u16,
  packed,
  bitmap,
  rice,
} satisfies Record<string, IndexCoding<OwnSettings>>;

export type IndexCodingId = keyof typeof indexCodings;

const all: readonly IndexCoding<OwnSettings>[] = Object.values(indexCodings);

/** The coding that takes the fewest bits for these positions of a tensor of `length` values. */
export function smallestCoding(
  positions: Uint32Array,
  length: number,
  settings: ValuesOf<OwnSettings>,
): IndexCoding<OwnSettings> {
  let best = all[0];
  let fewest = best.bits(positions, length, settings);
  for (const coding of all.slice(1)) {
    const bits = coding.bits(positions, length, settings);
    if (bits < fewest) [best, fewest] = [coding, bits];
  }
  return best;
}
