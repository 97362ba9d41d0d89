// The packet's first bytes in hexadecimal: each part in its colour, and named where it begins.

import type { PacketPart } from '../../../sim/lab/packet/packet-report.ts';
import { toHexRows } from './hex-rows.ts';

interface HexViewProps {
  readonly head: Uint8Array;
  readonly parts: readonly PacketPart[];
}

export function HexView({ head, parts }: HexViewProps) {
  return (
    <div className="hex-view">
      {toHexRows(head, parts).map(({ offset, runs }) => (
        <div key={offset} className="hex-view-row">
          <span className="hex-view-offset">{offset}</span>
          {runs.map(({ part, start, isFirst, bytes }) => (
            <span
              key={start}
              className="hex-view-run"
              data-part={part}
              data-first={isFirst || undefined}
              title={`${part}, from byte ${start}`}
            >
              {isFirst && <span className="visually-hidden">{part}: </span>}
              {bytes.join(' ')}
            </span>
          ))}
        </div>
      ))}
      <p className="lab-key hex-view-key">
        {parts.map(({ name, start, bytes }) => (
          <span key={name} className="hex-view-name number" data-part={name}>
            {name} {start}–{start + bytes - 1}
          </span>
        ))}
      </p>
    </div>
  );
}
