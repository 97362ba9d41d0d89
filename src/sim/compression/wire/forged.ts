// Packets for the tests that no encoder would write.

import { crc32 } from './checksum.ts';
import { MAGIC, VERSION } from './wire.ts';

/** Gives damaged bytes a checksum that fits, so that the checks behind it are what stands. */
export function reseal(bytes: Uint8Array): Uint8Array {
  const sealed = bytes.slice();
  if (sealed.length >= 4) {
    new DataView(sealed.buffer).setUint32(sealed.length - 4, crc32(sealed, sealed.length - 4), true);
  }
  return sealed;
}

/** A packet of this header and payload, its checksum right. */
export const forged = (...body: number[]): Uint8Array => reseal(Uint8Array.of(...MAGIC, VERSION, ...body, 0, 0, 0, 0));
