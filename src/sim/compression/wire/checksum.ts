// CRC-32, the checksum of Ethernet, zip and PNG (ISO 3309; reflected polynomial 0xEDB88320). It finds every burst of up
// to 32 damaged bits, and any other damage with probability 1 − 2⁻³².

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit++) remainder = remainder & 1 ? (remainder >>> 1) ^ 0xedb88320 : remainder >>> 1;
  return remainder;
});

/** The CRC-32 of the first `length` bytes, as an unsigned 32-bit number. */
export function crc32(bytes: Uint8Array, length = bytes.length): number {
  let crc = -1;
  for (let i = 0; i < length; i++) crc = TABLE[(crc ^ bytes[i]) & 0xff] ^ (crc >>> 8);
  return ~crc >>> 0;
}
