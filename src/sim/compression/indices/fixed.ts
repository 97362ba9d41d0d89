// Index codings of one fixed width: every position takes the same number of bits, 32, 16, or as few as the tensor's
// length needs. The baseline for the others.

import type { IndexCoding } from './index-coding.ts';

/** Bits that tell `length` positions apart: ⌈log₂ length⌉. */
const bitsFor = (length: number): number => (length <= 1 ? 0 : 32 - Math.clz32(length - 1));

export const u32: IndexCoding = {
  id: 'u32',
  label: '32-bit indices',
  wireCode: 0,
  help: 'Four bytes a position, as most libraries store it.',
  settings: {},
  bits: (positions) => 32 * positions.length,
  write(positions, _length, out) {
    for (const position of positions) {
      out.bits(position & 0xffff, 16);
      out.bits(position >>> 16, 16);
    }
  },
  read(into, _length, from) {
    for (let i = 0; i < into.length; i++) into[i] = from.bits(16) | (from.bits(16) << 16);
  },
};

export const u16: IndexCoding = {
  id: 'u16',
  label: '16-bit indices',
  wireCode: 1,
  help: 'Two bytes a position, for tensors of up to 65,536 values.',
  settings: {},
  bits: (positions, length) => (length <= 2 ** 16 ? 16 * positions.length : Number.POSITIVE_INFINITY),
  write(positions, _length, out) {
    for (const position of positions) out.bits(position, 16);
  },
  read(into, _length, from) {
    for (let i = 0; i < into.length; i++) into[i] = from.bits(16);
  },
};

export const packed: IndexCoding = {
  id: 'packed',
  label: 'packed indices',
  wireCode: 2,
  help: 'As many bits a position as the tensor needs: ⌈log₂ n⌉.',
  settings: {},
  bits: (positions, length) => bitsFor(length) * positions.length,
  write(positions, length, out) {
    const width = bitsFor(length);
    for (const position of positions) out.bits(position, width);
  },
  read(into, length, from) {
    const width = bitsFor(length);
    for (let i = 0; i < into.length; i++) into[i] = from.bits(width);
  },
};
