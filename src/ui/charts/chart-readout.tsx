// A chart's legend and its values in one: those of the round that is pointed at, else of the last one.

import type { History } from '../../sim/record/record.ts';
import type { ChartSpec, Curve } from './chart-specs.ts';
import { useHover } from './hover.ts';
import { type RoundValues, valuesOf } from './round-values.ts';

/** A curve's line, or its filled square, in small. */
export function swatchOf({ color, dash }: Curve, shape: ChartSpec['shape']) {
  if (shape === 'stack') return <span className="chart-swatch" style={{ background: color }} />;
  return (
    <svg className="chart-swatch-line" width="14" height="8" aria-hidden>
      <line x1="0" y1="4" x2="14" y2="4" stroke={color} strokeWidth="2" strokeDasharray={dash} />
    </svg>
  );
}

/** The curves whose values are said of a round: reasons that nobody had are left out. */
export const curvesAt = ({ curves, onlyPresent }: ChartSpec, values: RoundValues): readonly Curve[] =>
  onlyPresent ? curves.filter(({ key }) => values[key] > 0) : curves;

export function ChartReadout({ spec, history }: { readonly spec: ChartSpec; readonly history: History }) {
  const pointed = useHover((hover) => hover.index);
  const record = history[pointed ?? history.length - 1] ?? history.at(-1);
  const summary = record && valuesOf(record);
  const alone = spec.curves.length === 1;
  return (
    <span className={`chart-readout number${pointed !== null && record ? ' chart-readout-pointed' : ''}`}>
      {spec.extra?.place === 'head' && summary && <span className="chart-value">{spec.extra.read(summary)}</span>}
      {spec.shape !== 'stack' &&
        spec.curves.map((curve) => (
          <span key={curve.key} className="chart-reading">
            {!alone && swatchOf(curve, spec.shape)}
            {!alone && `${curve.label} `}
            {summary && <span className="chart-value">{curve.format(summary[curve.key])}</span>}
          </span>
        ))}
    </span>
  );
}

interface StackLegendProps {
  readonly spec: ChartSpec;
  readonly curves: readonly Curve[];
  readonly hasRounds: boolean;
}

/** The layers of a stack, named; their values show while a round is pointed at. */
export function StackLegend({ spec, curves, hasRounds }: StackLegendProps) {
  if (curves.length === 0) return <p className="chart-legend">{hasRounds ? spec.onlyPresent : ''}</p>;
  return (
    <ul
      className={`chart-legend${spec.onlyPresent ? ' chart-legend-loose' : ''}`}
      aria-label={`${spec.title}: causes, from the bottom up`}
    >
      {curves.map((curve) => (
        <li key={curve.key}>
          {swatchOf(curve, spec.shape)}
          {curve.label}
        </li>
      ))}
    </ul>
  );
}
