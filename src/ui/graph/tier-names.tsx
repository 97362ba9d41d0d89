// The names of the four tiers at the left edge and the faint lines between them. They stay at the edge while the network
// is panned. Where there is no room beside the network they stand on end.

import { useStore, useViewport } from 'reactflow';
import type { Band } from './layout.ts';
import { NARROW_BELOW } from './use-fitted-view.ts';
import './tier-names.css';

const names = { cloud: 'Cloud', fog: 'Fog', gateway: 'Edge', device: 'Devices' } as const;

/** A band must be this high, in pixels, for its name to stand in it on end. */
const highEnough = { cloud: 38, fog: 26, gateway: 30, device: 52 } as const;

export function TierNames({ bands }: { bands: readonly Band[] }) {
  const { y, zoom } = useViewport();
  const onEnd = useStore((state) => state.width < NARROW_BELOW);
  const height = useStore((state) => state.height);
  return (
    <div className="tier-names" data-on-end={onEnd || undefined} aria-hidden="true">
      {bands.map(({ tier, top, nameY }, at) => {
        const from = Math.max(0, Math.round(y + top * zoom));
        const to = Math.min(height, at + 1 < bands.length ? Math.round(y + bands[at + 1].top * zoom) : height);
        return (
          <div
            key={tier}
            style={{ transform: `translateY(${Math.round(y + top * zoom)}px)` }}
            className="tier-names-band"
          >
            {tier !== 'cloud' && <div className="tier-names-line" />}
            {onEnd ? (
              to - from >= highEnough[tier] && (
                <div
                  className={`tier-names-name tier-names-${tier}`}
                  style={{ top: `${from - Math.round(y + top * zoom)}px`, height: `${Math.min(to - from, 140)}px` }}
                >
                  {names[tier]}
                </div>
              )
            ) : (
              <div
                className={`tier-names-name tier-names-${tier}`}
                style={{ transform: `translateY(calc(${Math.round((nameY - top) * zoom)}px - 50%))` }}
              >
                {names[tier]}
              </div>
            )}
          </div>
        );
      })}
    </div>
  );
}
