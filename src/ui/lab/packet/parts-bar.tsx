// A packet's bytes by what they carry, as one bar that adds up to the buffer's length.

import type { PacketPart, PartName } from '../../../sim/lab/packet/packet-report.ts';
import { formatCount, formatShare } from '../../format.ts';

const about: Readonly<Record<PartName, string>> = {
  header: 'what the packet is: stages, tensors, shapes',
  indices: 'where the sent values belong',
  scales: 'what the levels stand for, as 32-bit floats',
  values: 'the values themselves',
  checksum: 'CRC-32 of all before it',
};

interface PartsBarProps {
  readonly parts: readonly PacketPart[];
  readonly bytes: number;
  readonly codings: readonly string[];
}

export function PartsBar({ parts, bytes, codings }: PartsBarProps) {
  return (
    <div className="parts-bar">
      <div className="parts-bar-track" aria-hidden="true">
        {parts.map(({ name, bytes: own }) => (
          <div
            key={name}
            className="parts-bar-part"
            data-part={name}
            style={{ flexGrow: own }}
            title={`${name}: ${own} B`}
          />
        ))}
      </div>
      <dl className="parts-bar-list number">
        {parts.map(({ name, bytes: own }) => (
          <div key={name}>
            <dt data-part={name}>{name}</dt>
            <dd>{formatCount(own)} B</dd>
            <dd>{formatShare(own / bytes)}</dd>
            <dd className="parts-bar-about">
              {about[name]}
              {name === 'indices' && codings.length > 0 && `: ${codings.join(', ')}`}
            </dd>
          </div>
        ))}
      </dl>
      <p className="parts-bar-sum number">
        {parts.map(({ bytes: own }) => formatCount(own)).join(' + ')} = <strong>{formatCount(bytes)} B</strong>
      </p>
    </div>
  );
}
