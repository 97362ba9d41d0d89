// Reads what a ByteWriter wrote, number by number and bit by bit, and never past the buffer's end.

import { WireError } from './format.ts';

/** Reads what a ByteWriter wrote, and never past `end`. @throws {WireError} if the bytes run out or make no sense. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #end: number;
  #at = 0;
  #bitBuffer = 0;
  #bitCount = 0;

  constructor(bytes: Uint8Array, end = bytes.length) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#end = end;
  }

  /** Bytes read so far. */
  get offset(): number {
    return this.#at;
  }

  /** Bytes not read yet. */
  get remaining(): number {
    return this.#end - this.#at;
  }

  u8(): number {
    return this.#bytes[this.#advance(1)];
  }

  u32(): number {
    return this.#view.getUint32(this.#advance(4), true);
  }

  /** The next whole bytes, without a copy. */
  take(count: number): Uint8Array {
    const start = this.#advance(count);
    return this.#bytes.subarray(start, start + count);
  }

  /** A finite float32; an encoder writes no other. */
  f32(): number {
    const value = this.#view.getFloat32(this.#advance(4), true);
    if (!Number.isFinite(value)) throw new WireError('The packet is damaged: it holds a number that is not finite.');
    return value;
  }

  /** A whole number of up to 28 bits. */
  varint(): number {
    let value = 0;
    for (let shift = 0; shift < 28; shift += 7) {
      const byte = this.u8();
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
    throw new WireError('The packet is damaged: it declares a length beyond 28 bits.');
  }

  /** A whole number of `width` bits, 0 to 24. */
  bits(width: number): number {
    while (this.#bitCount < width) {
      this.#bitBuffer |= this.#bytes[this.#advance(1)] << this.#bitCount;
      this.#bitCount += 8;
    }
    const value = this.#bitBuffer & ((1 << width) - 1);
    this.#bitBuffer >>>= width;
    this.#bitCount -= width;
    return value;
  }

  /** Skips to the next whole byte; what is skipped must be zeros. */
  align(): void {
    if (this.#bitBuffer !== 0) throw new WireError('The packet is damaged: its padding is not zero.');
    this.#bitCount = 0;
  }

  #advance(count: number): number {
    const at = this.#at;
    if (at + count > this.#end) {
      throw new WireError(`The packet is truncated: it ends at byte ${this.#end}, within a number.`);
    }
    this.#at = at + count;
    return at;
  }
}
