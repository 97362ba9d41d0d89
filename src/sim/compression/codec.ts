// The contract of compression. A codec turns an update into bytes and back; the buffer's length is the only place where a
// number of bytes is made. Codecs compose from stages (factor → sparsify → quantise → pack): a stage is one file and one
// line in a registry, and a `CodecSpec` in the experiment says which stages a tier uses.

import type { Rng } from '../random.ts';

/** The dimensions of each tensor. */
export type Shapes = readonly (readonly number[])[];

/** What training changed (or a whole model): the tensors' shapes, and their values one after another. */
export interface Update {
  readonly shapes: Shapes;
  readonly values: Float32Array;
}

export interface CodecContext {
  /** The chance that stochastic stages draw from; split by the caller for sender and round. */
  readonly rng: Rng;
}

export interface Codec {
  /** Names the codec with its parameters, e.g. 'top-k-10+int8'. */
  readonly id: string;
  /** For people: 'top-k 10 % + INT8'. */
  readonly label: string;
  encode(update: Update, context: CodecContext): Uint8Array;
  /**
   * @param shapes what the receiver expects: its model's own. They bound the work, whatever the buffer says of itself; without
   * them a buffer may hold any tensors, but no more than 2¹⁸ values.
   * @throws {WireError} one clear sentence, if the buffer is damaged, truncated, from another version or of other shapes.
   */
  decode(bytes: Uint8Array, shapes?: Shapes): Update;
}
