// What takes a device's RAM or storage, part by part, and where it ends if the parts go on beyond it.

import { formatMemory } from '../shared/format-memory.ts';
import './memory-bar.css';

export interface BarPart {
  readonly name: string;
  /** After the name: what the part depends on. */
  readonly detail?: string;
  readonly bytes: number;
  /** Its shade: a class of memory-bar.css. */
  readonly shade: string;
}

interface PartsBarProps {
  readonly parts: readonly BarPart[];
  /** Bytes that there are. */
  readonly capacity: number;
  readonly help: string;
}

export function PartsBar({ parts, capacity, help }: PartsBarProps) {
  const need = parts.reduce((sum, part) => sum + part.bytes, 0);
  const scale = Math.max(need, capacity);
  return (
    <div className="memory-bar" title={help}>
      <div className="memory-bar-track" aria-hidden="true">
        {parts.map(({ name, bytes, shade }) => (
          <span key={name} className={`memory-bar-part ${shade}`} style={{ width: `${(100 * bytes) / scale}%` }} />
        ))}
        {need > capacity && <span className="memory-bar-end" style={{ left: `${(100 * capacity) / scale}%` }} />}
      </div>
      <ul className="memory-bar-key">
        {parts.map(({ name, detail = '', bytes, shade }) => (
          <li key={name}>
            <span className={`memory-bar-swatch ${shade}`} />
            {name}
            {detail} <span className="number">{formatMemory(bytes)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
