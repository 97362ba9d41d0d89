// Packets for the tests that no encoder would write.

import { crc32 } from '../compression/wire/checksum.ts';
import { MAGIC, VERSION } from '../compression/wire/format.ts';

/** Gives damaged bytes a checksum that fits, so that the checks behind it are what stands. */
export function withValidChecksum(bytes: Uint8Array): Uint8Array {
  const sealed = bytes.slice();
  if (sealed.length >= 4) {
    new DataView(sealed.buffer).setUint32(sealed.length - 4, crc32(sealed, sealed.length - 4), true);
  }
  return sealed;
}

/** A packet of this header and payload, its checksum right. */
export const craftedPacket = (...body: number[]): Uint8Array =>
  withValidChecksum(Uint8Array.of(...MAGIC, VERSION, ...body, 0, 0, 0, 0));
