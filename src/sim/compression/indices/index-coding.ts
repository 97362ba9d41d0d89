// The contract of an index coding: how the positions of a tensor's kept values are written down. The encoder takes the
// smallest for each tensor, unless the settings name one, and notes it in the buffer.

import type { NoSettings, OwnSettings, ValuesOf, Variant } from '../../experiment/variants.ts';
import type { ByteReader } from '../wire/byte-reader.ts';
import type { ByteWriter } from '../wire/byte-writer.ts';

export interface IndexCoding<Own extends OwnSettings = NoSettings> extends Variant<Own> {
  /** Names the coding in a buffer, 0 … 15; never to be used again for another one. */
  readonly wireCode: number;
  /**
   * What `write` would append, in bits; Infinity if it cannot write them.
   * @param positions ascending
   * @param length the tensor's number of values
   */
  bits(positions: Uint32Array, length: number, settings: ValuesOf<Own>): number;
  write(positions: Uint32Array, length: number, out: ByteWriter, settings: ValuesOf<Own>): void;
  /** Fills `into`. The caller checks that the positions ascend and lie within the tensor. */
  read(into: Uint32Array, length: number, from: ByteReader): void;
}
