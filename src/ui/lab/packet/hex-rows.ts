// A buffer's first bytes in rows of sixteen, each cut into runs that carry the same.

import type { PacketPart, PartName } from '../../../sim/lab/packet/packet-report.ts';

export const ROW_BYTES = 16;

export interface HexRun {
  readonly part: PartName;
  /** Place of its first byte in the buffer. */
  readonly start: number;
  /** Whether the part begins here. */
  readonly isFirst: boolean;
  readonly bytes: readonly string[];
}

export interface HexRow {
  /** '0x10' */
  readonly offset: string;
  readonly runs: readonly HexRun[];
}

const hex = (value: number, width: number): string => value.toString(16).padStart(width, '0');

export function toHexRows(head: Uint8Array, parts: readonly PacketPart[]): HexRow[] {
  const rows: HexRow[] = [];
  for (let at = 0; at < head.length; at += ROW_BYTES) {
    const end = Math.min(at + ROW_BYTES, head.length);
    const runs = parts.flatMap(({ name, start, bytes }): HexRun[] => {
      const from = Math.max(start, at);
      const to = Math.min(start + bytes, end);
      if (from >= to) return [];
      const own = Array.from(head.subarray(from, to), (byte) => hex(byte, 2));
      return [{ part: name, start: from, isFirst: from === start, bytes: own }];
    });
    rows.push({ offset: hex(at, 2), runs });
  }
  return rows;
}
