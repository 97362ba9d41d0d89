// The ring of a device node: how much of the battery is left, clockwise from the top; dashed for one on mains. Round for a
// device that trains TinyMLP, with corners for one that trains MicroCNN.

import { levelOf } from './ring.ts';
import './device-ring.css';

const outlines = {
  round: 'M20 2.5a17.5 17.5 0 0 1 0 35a17.5 17.5 0 0 1 0-35',
  square: 'M20 3h9a8 8 0 0 1 8 8v18a8 8 0 0 1-8 8h-18a8 8 0 0 1-8-8v-18a8 8 0 0 1 8-8z',
} as const;

interface DeviceRingProps {
  readonly percent: number;
  readonly mains: boolean;
  readonly shape: keyof typeof outlines;
}

export function DeviceRing({ percent, mains, shape }: DeviceRingProps) {
  const outline = outlines[shape];
  return (
    <svg className={`device-ring device-ring-${levelOf(percent)}`} viewBox="0 0 40 40" aria-hidden="true">
      {mains ? (
        <path className="device-ring-mains" d={outline} />
      ) : (
        <>
          <path className="device-ring-track" d={outline} />
          <path className="device-ring-left" d={outline} pathLength="100" strokeDasharray={`${percent} 100`} />
        </>
      )}
    </svg>
  );
}
