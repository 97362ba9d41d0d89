// The names of the four tiers at the left edge and the faint lines between them. They stay at the edge while the network
// is panned.

import { useStore, useViewport } from 'reactflow';
import type { Band } from './layout.ts';
import { NARROW_BELOW } from './use-fitted-view.ts';
import './tier-names.css';

/** Where there is no room beside a tier's boxes, its name stands in the corner below the line. */
const CORNER = 7;

const names = { cloud: 'Cloud', fog: 'Fog', gateway: 'Edge', device: 'Devices' } as const;

export function TierNames({ bands }: { bands: readonly Band[] }) {
  const { y, zoom } = useViewport();
  const narrow = useStore((state) => state.width < NARROW_BELOW);
  return (
    <div className="tier-names" aria-hidden="true">
      {bands.map(({ tier, top, nameY }) => (
        <div
          key={tier}
          style={{ transform: `translateY(${Math.round(y + top * zoom)}px)` }}
          className="tier-names-band"
        >
          {tier !== 'cloud' && <div className="tier-names-line" />}
          <div
            className={`tier-names-name tier-names-${tier}`}
            style={{ transform: `translateY(calc(${Math.round(narrow ? CORNER : (nameY - top) * zoom)}px - 50%))` }}
          >
            {names[tier]}
          </div>
        </div>
      ))}
    </div>
  );
}
