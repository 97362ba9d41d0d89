// The packet format: the layout of an encoded update. All numbers are little-endian; a varint is LEB128 (7 bits a byte, the low ones
// first); bit fields fill each byte from its low end, run on across tensors, and are padded with zeros at their
// section's end.
//
//   section   bytes     what
//   header    2         magic, 'Fg'
//             1         version, 2
//             1         low 4 bits: sparsifier (its wireCode; 0 = none: every value is kept and no index is sent);
//                       then a bit each: factored, rotated, scales by row, deflated
//             1         quantiser (its wireCode)
//             varint    only if factored: the rank + 128 × the factoriser (its wireCode)
//             4         only if rotated: the seed of the signs (rotation.ts says how they are drawn)
//             varint    number of tensors; then for each its number of dimensions and those, all varints
//             varint ×p only if sparse: how many values each wire tensor sends
//             ½ ×p      only if sparse: the index coding of each wire tensor (its wireCode, 4 bits); not if positions are drawn
//   indices             only if sparse: which positions are kept, ascending, in each one's index coding; or 4 bytes, the
//                       seed that they are drawn from, if the sparsifier draws them (random-k.ts says how)
//   scales    4 a scale float32; as many as the quantiser has, for each vector
//   values              the quantised values of each vector
//   checksum  4         CRC-32 of all bytes before it
//
// A wire tensor is a tensor of the update, or one of the factors in its place (the factoriser defines which). A vector is what a wire
// tensor sends, or what each of its rows sends where scales go by row; an empty one is left out. If the packet is deflated, indices and values
// are each preceded by two varints: their length, and the length of the deflate stream (RFC 1951) that follows, or 0 where they
// follow as they are because deflating would not shorten them.
//
// Source: Fogline's own. A TinyMLP of six tensors spends 21 bytes on the header, 30 when sparse, and 4 on the checksum.
// No length is trusted: shapes are compared with those of the receiver's own model, and all other sizes against the shapes and
// the bytes that remain, before memory is taken or a stream inflated. What a decoder takes grows with what it reads and with the
// number of values that the shapes declare: a sparse update of 2¹⁸ values, all zero, is honestly a few bytes long.

export const MAGIC = [0x46, 0x67] as const;
export const VERSION = 2;
export const MAX_TENSORS = 1024;
/** Dimensions of a tensor. */
export const MAX_DIMENSIONS = 8;
/** Rank of a factoriser: a decoder multiplies as often as the update has values times this. */
export const MAX_FACTOR_RANK = 64;
/** Values in one update: 16 MiB of float32. All that a decoder takes is less than ten times that. */
export const MAX_VALUES = 2 ** 22;

/** Values in an update that is decoded without knowing which shapes to expect. */
export const MAX_UNEXPECTED_VALUES = 2 ** 18;

/** A buffer that is damaged, truncated, or not one of ours. The message is one sentence for people. */
export class WireError extends Error {
  override readonly name = 'WireError';
}
