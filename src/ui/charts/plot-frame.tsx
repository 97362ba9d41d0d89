// What a chart's curves are drawn in: Recharts' grid, axes and target line. They follow the scales and not the rounds, so that
// this is drawn when an axis grows, not four times a second. Margins do not depend on the labels: the four charts line up, and
// what lies over a chart (curves, marks, cursor) knows where a round is without asking Recharts.

import { memo } from 'react';
import { CartesianGrid, LineChart, ReferenceLine, XAxis, YAxis } from 'recharts';
import type { ChartSpec } from './chart-specs.ts';
import { frame } from './frame.ts';
import type { Scale } from './scale.ts';

interface PlotFrameProps {
  readonly spec: ChartSpec;
  readonly x: Scale;
  readonly left: Scale;
  readonly right: Scale | null;
  readonly width: number;
  readonly height: number;
}

interface TickProps {
  readonly x?: number | string;
  readonly y?: number | string;
  readonly payload?: { readonly value: number };
}

type Anchor = 'start' | 'middle' | 'end';

/** A tick as plain SVG text: Recharts' own measures every label. */
const tickOf =
  (scale: Scale, anchor: Anchor, down: number, color?: string) =>
  ({ x = 0, y = 0, payload }: TickProps) =>
    payload ? (
      <text
        className="chart-tick"
        x={Number(x)}
        y={Number(y) + down}
        {...(color ? { style: { fill: color } } : {})}
        // The last tick of the x axis would hang over the edge.
        textAnchor={anchor === 'middle' && scale.isTop(payload.value) ? 'end' : anchor}
      >
        {scale.textOf(payload.value)}
      </text>
    ) : null;

const axis = {
  type: 'number',
  interval: 0,
  axisLine: false,
  tickLine: false,
  tickSize: 0,
  tickMargin: 5,
  allowDataOverflow: true,
} as const;

export const PlotFrame = memo(function PlotFrame({ spec, x, left, right, width, height }: PlotFrameProps) {
  return (
    <LineChart
      width={width}
      height={height}
      margin={{ top: frame.top, right: right ? 0 : frame.right, bottom: 0, left: 0 }}
      accessibilityLayer={false}
    >
      <CartesianGrid vertical={false} stroke="var(--line)" yAxisId="left" />
      <XAxis
        {...axis}
        dataKey="x"
        domain={[0, x.top]}
        ticks={[...x.ticks]}
        height={frame.bottom}
        tick={tickOf(x, 'middle', 7)}
      />
      <YAxis
        {...axis}
        yAxisId="left"
        domain={[0, left.top]}
        ticks={[...left.ticks]}
        width={frame.left}
        tick={tickOf(left, 'end', 4)}
      />
      {right && (
        <YAxis
          {...axis}
          yAxisId="right"
          orientation="right"
          domain={[0, right.top]}
          // Its 0 would touch the x axis' unit, and the left axis has one.
          ticks={right.ticks.filter((tick) => tick > 0)}
          width={frame.right}
          // In the colour of its curve: which of the two axes is whose.
          tick={tickOf(right, 'start', 4, spec.curves.find(({ side }) => side === 'right')?.color)}
        />
      )}
      {spec.target && (
        <ReferenceLine
          yAxisId="left"
          y={spec.target.at}
          stroke="var(--good)"
          strokeDasharray="2 3"
          strokeWidth={1.25}
        />
      )}
    </LineChart>
  );
});
