// Delta + Golomb-Rice: the gaps between kept positions, each as its quotient by 2^r in unary and its remainder in r bits. Golomb 1966,
// "Run-Length Encodings"; Rice & Plaunt 1971. Gaps between positions that are kept by chance are geometric, and for those it
// comes within a few per cent of the entropy; for sparse updates: Sattler et al. 2019, "Robust and Communication-Efficient
// Federated Learning from Non-IID Data". The r that takes the fewest bits is sent first.

import { WireError } from '../wire/format.ts';
import type { IndexCoding } from './index-coding.ts';

const PARAMETER_BITS = 5;
/** No tensor is longer than 2^22. */
const MOST = 22;

/** Bits of all gaps with this parameter. */
function bitsWith(parameter: number, positions: Uint32Array): number {
  let bits = PARAMETER_BITS + (1 + parameter) * positions.length;
  let before = -1;
  for (let i = 0; i < positions.length; i++) {
    bits += (positions[i] - before - 1) >>> parameter;
    before = positions[i];
  }
  return bits;
}

/**
 * The smallest of the best parameters. One more saves ⌈q / 2⌉ bits of each quotient q and costs one: less and less is saved, so
 * that the number of bits falls to its least and rises from there, and a search may start anywhere, here near log₂ of the mean gap.
 */
function parameterFor(positions: Uint32Array): number {
  const count = Math.max(1, positions.length);
  const meanGap = ((positions.at(-1) ?? 0) + 1) / count;
  let best = 31 - Math.clz32(meanGap);
  let fewest = bitsWith(best, positions);
  for (const step of [-1, 1]) {
    for (let next = best + step; next >= 0 && next <= MOST; next += step) {
      const bits = bitsWith(next, positions);
      if (step < 0 ? bits > fewest : bits >= fewest) break;
      [best, fewest] = [next, bits];
    }
  }
  return best;
}

export const rice: IndexCoding = {
  id: 'rice',
  label: 'Golomb-Rice gaps',
  wireCode: 4,
  help: 'The gaps between the kept positions, short ones in few bits.',
  settings: {},
  bits: (positions) => bitsWith(parameterFor(positions), positions),
  write(positions, _length, out) {
    const parameter = parameterFor(positions);
    const remainderMask = (1 << parameter) - 1;
    out.bits(parameter, PARAMETER_BITS);
    let before = -1;
    for (const position of positions) {
      const gap = position - before - 1;
      for (let ones = gap >>> parameter; ones > 0; ones--) out.bits(1, 1);
      out.bits(0, 1);
      out.bits(gap & remainderMask, parameter);
      before = position;
    }
  },
  read(into, length, from) {
    const parameter = from.bits(PARAMETER_BITS);
    if (parameter > MOST) throw new WireError(`The packet is damaged: it shifts indices by ${parameter} bits.`);
    let before = -1;
    for (let i = 0; i < into.length; i++) {
      let gap = 0;
      while (from.bits(1) === 1) {
        gap += 1 << parameter;
        if (before + gap >= length) throw new WireError('The packet is damaged: an index lies outside its tensor.');
      }
      before += gap + from.bits(parameter) + 1;
      into[i] = before;
    }
  },
};
