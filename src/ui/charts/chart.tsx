// One chart: title and values, curves, marks, and a cursor that all four share. It can be read by pointer, by touch, and by
// keyboard (left and right go from round to round).

import { useElementSize } from '@mantine/hooks';
import { type CSSProperties, memo, type PointerEvent, useMemo } from 'react';
import { useFogline } from '../../store/use-fogline.ts';
import { formatCounted } from '../format.ts';
import { axisSpecs } from './axis-specs.ts';
import { ChartHead } from './chart-head.tsx';
import { Cursor, CurveNote, Marks, OffScale, TargetName } from './chart-overlay.tsx';
import { useShown } from './chart-places.ts';
import { curvesAt, StackLegend } from './chart-readout.tsx';
import type { ChartSpec } from './chart-specs.ts';
import { toCurvePixels } from './curve-points.ts';
import { Curves } from './curves.tsx';
import { frame, shareAt } from './frame.ts';
import { point, useHover } from './hover.ts';
import { toMarks } from './marks.ts';
import { PlotFrame } from './plot-frame.tsx';
import { type RoundValues, valuesOf } from './round-values.ts';
import { toScale } from './scale.ts';
import { roundAt, toAxisValues } from './series.ts';
import { usePacedHistory } from './use-paced-history.ts';

/** A round's values in words: 'accuracy 91.3 %, loss 0.31 nats'. */
const tell = (spec: ChartSpec, values: RoundValues): string =>
  [
    ...curvesAt(spec, values).map(({ label, key, format }) => `${label} ${format(values[key])}`),
    ...(spec.onlyPresent && values.absent === 0 ? ['nobody absent'] : []),
  ].join(', ');

/** On paper a plot keeps its size and is scaled: print.css. */
const onPaper = (width: number, height: number) =>
  ({ '--plot-width': width, '--plot-height': height }) as CSSProperties;

interface ChartProps {
  /** The charts that can stand here. */
  readonly place: readonly [ChartSpec, ...ChartSpec[]];
  /** When in the charts' common period this one is drawn, 0 … 1. */
  readonly phase: number;
}

export const Chart = memo(function Chart({ place: charts, phase }: ChartProps) {
  const spec = useShown(charts);
  const history = usePacedHistory(phase);
  const axis = useFogline((state) => state.axis);
  const initialExperiment = useFogline((state) => state.initialExperiment);
  const topology = useFogline((state) => state.topology);
  const { ref, width, height } = useElementSize<HTMLDivElement>();
  const pointed = useHover((hover) => hover.index);

  const series = useMemo(() => spec.toSeries(history, axis), [spec, history, axis]);
  const present = series.present.join();
  const curves = useMemo(
    () => (spec.onlyPresent ? spec.curves.filter(({ key }) => present.split(',').includes(key)) : spec.curves),
    [spec, present],
  );
  const xs = toAxisValues(history, axis);
  const marks = useMemo(
    () => toMarks(history, axis, initialExperiment, topology),
    [history, axis, initialExperiment, topology],
  );
  const notes = useMemo(() => spec.toNotes?.(history, axis) ?? [], [spec, history, axis]);
  const { quantity, empty, format } = axisSpecs[axis];
  const furthest = xs.at(-1) ?? empty;
  const most = history.length > 0 ? series.most : { left: spec.empty, right: 2 };
  // Scales stay the same objects while their tops do, so that the curves' frame is not drawn again with every round.
  const xTop = toScale(quantity, furthest).top;
  const { left: leftMost = Infinity, right: rightMost = Infinity } = spec.ceiling ?? {};
  const leftTop = toScale(spec.left, Math.min(leftMost, Math.max(most.left, spec.least ?? 0))).top;
  const rightTop = toScale(spec.right ?? 'nats', Math.min(rightMost, spec.leastRight ?? most.right)).top;
  const x = useMemo(() => toScale(quantity, xTop, true), [quantity, xTop]);
  const left = useMemo(() => toScale(spec.left, leftTop), [spec, leftTop]);
  const right = useMemo(() => (spec.right ? toScale(spec.right, rightTop) : null), [spec, rightTop]);

  // Where words must not stand; only charts with marks need it.
  const lines = useMemo(() => {
    if (marks.length + notes.length === 0) return [];
    const plot = { width: width - frame.left - frame.right, height: height - frame.top - frame.bottom };
    const tops = { x: xTop, left: leftTop, right: rightTop };
    return toCurvePixels(series.points, curves, spec.shape, tops, plot);
  }, [marks, notes, series, curves, spec, xTop, leftTop, rightTop, width, height]);

  const follow = (event: PointerEvent<HTMLDivElement>) => {
    if (history.length === 0) return;
    const { left: from } = event.currentTarget.getBoundingClientRect();
    point(roundAt(xs, shareAt(event.clientX - from, width) * x.top), spec.id);
  };
  const leave = () => point(null, null);
  const last = history.at(-1);
  const reading = history[pointed ?? history.length - 1] ?? last;
  const words = reading ? tell(spec, valuesOf(reading)) : 'no round yet';
  const noted = notes.map(({ label }) => ` ${label}.`).join('');
  const place = { width, height, top: x.top };
  return (
    <article className={`chart chart-${spec.shape}`} aria-label={spec.title}>
      <ChartHead place={charts} spec={spec} history={history} />
      {spec.shape === 'stack' && <StackLegend spec={spec} curves={curves} hasRounds={history.length > 0} />}
      <div
        ref={ref}
        className="chart-plot"
        style={onPaper(width, height)}
        onPointerMove={follow}
        onPointerDown={follow}
        onPointerLeave={leave}
      >
        {width > 0 && height > 0 && (
          <>
            <input
              type="range"
              className="chart-reader"
              min={1}
              max={Math.max(1, history.length)}
              value={(pointed ?? Math.max(0, history.length - 1)) + 1}
              disabled={history.length === 0}
              aria-label={`${spec.title}: round to read`}
              aria-valuetext={`Round ${reading?.round ?? 0}: ${words}`}
              onChange={(event) => point(Number(event.currentTarget.value) - 1, spec.id)}
              onBlur={leave}
            />
            <div
              className="chart-drawing"
              role="img"
              aria-label={`${spec.title} ${spec.about} over ${formatCounted(history.length, 'round')}. Last: ${words}.${noted}`}
            >
              <PlotFrame spec={spec} x={x} left={left} right={right} width={width} height={height} />
              <Curves
                shape={spec.shape}
                curves={curves}
                points={series.points}
                x={x.top}
                left={left.top}
                right={right?.top ?? left.top}
                width={width}
                height={height}
              />
            </div>
            {/* '100 rounds' on the axis would cover its neighbour; other quantities have a unit that fits. */}
            {axis === 'rounds' && <span className="chart-unit">rounds</span>}
            <Marks marks={marks} wordsAt={spec.wordsAt} lines={lines} {...place} />
            <Marks marks={notes} wordsAt={1 - spec.wordsAt} lines={lines} kind="event" {...place} />
            <OffScale curves={curves} points={series.points} left={left} right={right ?? left} {...place} />
            <TargetName spec={spec} history={history} height={height} top={left.top} />
            <CurveNote spec={spec} history={history} furthest={furthest} leftTop={left.top} {...place} />
            <Cursor spec={spec} history={history} xs={xs} formatX={format} {...place} />
          </>
        )}
      </div>
    </article>
  );
});
