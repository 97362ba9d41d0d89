// A packet's section, deflated where that makes it shorter (RFC 1951, by the library fflate).

import { deflateSync, inflateSync } from 'fflate';
import { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';
import { WireError } from './format.ts';

/** Deflate makes at most this many bytes of one. */
const MOST_EXPANSION = 1032;

export function writeSection(section: Uint8Array, out: ByteWriter): void {
  const packed = deflateSync(section, { level: 9 });
  const isShorter = packed.length < section.length;
  out.varint(section.length);
  out.varint(isShorter ? packed.length : 0);
  out.append(isShorter ? packed : section);
}

/**
 * A reader of the section.
 * @param most bytes that the section can honestly have
 * @throws {WireError} if it declares more, or does not hold what it declares
 */
export function openSection(isDeflated: boolean, most: number, from: ByteReader): ByteReader {
  if (!isDeflated) return from;
  const length = from.varint();
  const packed = from.varint();
  if (length > most || length > Math.max(packed * MOST_EXPANSION, packed === 0 ? from.remaining : 0)) {
    throw new WireError(`The packet is damaged: it declares a section of ${length} bytes.`);
  }
  if (packed === 0) return new ByteReader(from.take(length));
  const stream = from.take(packed);
  let section: Uint8Array;
  try {
    // One byte more than declared, so that a longer stream shows: the library drops what its buffer cannot hold.
    section = inflateSync(stream, { out: new Uint8Array(length + 1) });
  } catch {
    throw new WireError('The packet is damaged: a deflated section cannot be inflated.');
  }
  if (section.length !== length) {
    throw new WireError(`The packet is damaged: a section does not inflate to the ${length} bytes that it declares.`);
  }
  return new ByteReader(section);
}
