// Bitmap: one bit for every position of the tensor, kept or not. The smallest once more than about a fifth is kept.

import { WireError } from '../wire/format.ts';
import type { IndexCoding } from './index-coding.ts';

export const bitmap: IndexCoding = {
  id: 'bitmap',
  label: 'bitmap',
  wireCode: 3,
  help: 'One bit for every value of the tensor, whether it is kept.',
  settings: {},
  bits: (_positions, length) => length,
  write(positions, length, out) {
    let next = 0;
    for (let at = 0; at < length; at++) {
      const isKept = positions[next] === at;
      if (isKept) next++;
      out.bits(isKept ? 1 : 0, 1);
    }
  },
  read(into, length, from) {
    let found = 0;
    for (let at = 0; at < length; at++) {
      if (from.bits(1) === 1) into[found++] = at;
    }
    if (found !== into.length) {
      throw new WireError(`The packet is damaged: its bitmap keeps ${found} values where ${into.length} follow.`);
    }
  },
};
