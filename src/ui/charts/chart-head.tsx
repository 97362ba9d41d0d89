// A chart's title and values. Where a place can show one of two charts, their titles are the buttons that choose.

import type { History } from '../../sim/record/record.ts';
import { show } from './chart-places.ts';
import { ChartReadout } from './chart-readout.tsx';
import type { ChartSpec } from './chart-specs.ts';

interface ChartHeadProps {
  readonly place: readonly ChartSpec[];
  readonly spec: ChartSpec;
  readonly history: History;
}

export function ChartHead({ place, spec, history }: ChartHeadProps) {
  const hasChoice = place.length > 1;
  return (
    <header className="chart-head">
      <h3 className={hasChoice ? 'visually-hidden' : 'chart-title'}>
        {spec.title} {!hasChoice && <span className="chart-about">{spec.about}</span>}
      </h3>
      {hasChoice && (
        <div className="chart-choices" role="toolbar" aria-label="Chart in this place">
          {place.map((each) => (
            <button
              key={each.id}
              type="button"
              className="chart-choice"
              aria-pressed={each === spec}
              onClick={() => show(place, each)}
            >
              {each.title}
            </button>
          ))}
          <span className="chart-about">{spec.about}</span>
        </div>
      )}
      <ChartReadout spec={spec} history={history} />
    </header>
  );
}
