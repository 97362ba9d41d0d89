// Writes a packet: numbers and bit fields, laid out as format.ts says, into a buffer that grows.

export class ByteWriter {
  #bytes: Uint8Array;
  #view: DataView;
  #length = 0;
  /** Bits that do not fill a byte yet, and how many: 0 to 7. */
  #bitBuffer = 0;
  #bitCount = 0;

  constructor(capacity = 256) {
    this.#bytes = new Uint8Array(capacity);
    this.#view = new DataView(this.#bytes.buffer);
  }

  /** Bytes written so far; a byte that is only partly filled counts once `align` has closed it. */
  get length(): number {
    return this.#length;
  }

  u8(value: number): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = value;
  }

  u32(value: number): void {
    this.#reserve(4);
    this.#view.setUint32(this.#length, value, true);
    this.#length += 4;
  }

  f32(value: number): void {
    this.#reserve(4);
    this.#view.setFloat32(this.#length, value, true);
    this.#length += 4;
  }

  /** A whole number of up to 28 bits. */
  varint(value: number): void {
    let rest = value;
    while (rest > 127) {
      this.u8((rest & 127) | 128);
      rest >>>= 7;
    }
    this.u8(rest);
  }

  /** Appends a whole number of `width` bits, 0 to 24. Bytes may follow only after `align`. */
  bits(value: number, width: number): void {
    let buffer = this.#bitBuffer | (value << this.#bitCount);
    let count = this.#bitCount + width;
    if (count >= 8) {
      this.#reserve(count >>> 3);
      for (; count >= 8; count -= 8) {
        this.#bytes[this.#length++] = buffer;
        buffer >>>= 8;
      }
    }
    this.#bitBuffer = buffer;
    this.#bitCount = count;
  }

  /** Appends whole bytes. */
  append(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** Fills the current byte with zeros, so that the next number starts on a whole byte. */
  align(): void {
    if (this.#bitCount > 0) this.u8(this.#bitBuffer);
    this.#bitBuffer = 0;
    this.#bitCount = 0;
  }

  /** A copy of the bytes written, exactly as long as they are. */
  finish(): Uint8Array {
    this.align();
    return this.#bytes.slice(0, this.#length);
  }

  /** The bytes written, without a copy: valid until the next write. */
  peek(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  #reserve(extra: number): void {
    if (this.#length + extra <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(2 * this.#bytes.length, this.#length + extra));
    larger.set(this.#bytes);
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
  }
}
