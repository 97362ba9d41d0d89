// The curves of one chart as Recharts' shapes, placed by the chart's scales over its frame: a new round draws a few paths, and
// neither axes nor grid.

import { memo, useMemo } from 'react';
import { Curve as CurvePath, Surface } from 'recharts';
import type { ChartSpec, Curve } from './chart-specs.ts';
import { type CurvePixels, toCurvePixels } from './curve-points.ts';
import { frame } from './frame.ts';
import type { Point } from './series.ts';

interface CurvesProps {
  readonly shape: ChartSpec['shape'];
  readonly curves: readonly Curve[];
  readonly points: readonly Point[];
  /** Tops of the axes. */
  readonly x: number;
  readonly left: number;
  readonly right: number;
  /** Pixels of the whole chart, with its axes. */
  readonly width: number;
  readonly height: number;
}

function Stacked({ curve, line, base }: CurvePixels) {
  return (
    <>
      <CurvePath
        type="stepBefore"
        layout="horizontal"
        points={line}
        baseLine={base}
        fill={curve.color}
        fillOpacity={0.85}
      />
      <CurvePath
        type="stepBefore"
        layout="horizontal"
        points={line}
        fill="none"
        stroke="var(--page)"
        strokeWidth={0.75}
      />
    </>
  );
}

function Line({ curve, line, shape }: CurvePixels & { readonly shape: ChartSpec['shape'] }) {
  // One round is no line yet: a dot shows where it begins.
  if (line.length === 1 && shape === 'line') return <circle cx={line[0].x} cy={line[0].y} r={2.5} fill={curve.color} />;
  return (
    <CurvePath
      type={shape === 'step' ? 'stepBefore' : 'linear'}
      layout="horizontal"
      points={line}
      fill="none"
      stroke={curve.color}
      strokeWidth={1.75}
      strokeLinejoin="round"
      {...(curve.dash ? { strokeDasharray: curve.dash } : {})}
    />
  );
}

export const Curves = memo(function Curves({ shape, curves, points, x, left, right, width, height }: CurvesProps) {
  const size = useMemo(
    () => ({
      width: Math.max(0, width - frame.left - frame.right),
      height: Math.max(0, height - frame.top - frame.bottom),
    }),
    [width, height],
  );
  const drawn = toCurvePixels(points, curves, shape, { x, left, right }, size);
  return (
    <Surface className="chart-curves" {...size} style={{ left: frame.left, top: frame.top }}>
      {drawn.map((each) =>
        shape === 'stack' ? (
          <Stacked key={each.curve.key} {...each} />
        ) : (
          <Line key={each.curve.key} {...each} shape={shape} />
        ),
      )}
    </Surface>
  );
});
