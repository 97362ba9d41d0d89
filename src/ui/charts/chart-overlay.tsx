// What lies over the curves: marks of live changes, the target's name, and the round that is pointed at with its values.
// Plain elements over the drawing, so that moving the pointer never draws a curve again.

import { useMemo } from 'react';
import type { History } from '../../sim/record/record.ts';
import { curvesAt, swatchOf } from './chart-readout.tsx';
import type { ChartSpec, Curve } from './chart-specs.ts';
import type { CurvePixels } from './curve-points.ts';
import { toOffScale } from './curve-points.ts';
import { frame, pixelAt } from './frame.ts';
import { useHover } from './hover.ts';
import { placeLabel, targetLabelTop } from './label-placement.ts';
import { labelled, type Mark } from './marks.ts';
import { valuesOf } from './round-values.ts';
import type { Scale } from './scale.ts';
import type { Point } from './series.ts';

interface PlaceProps {
  readonly width: number;
  readonly height: number;
  /** Top of the x axis. */
  readonly top: number;
}

const MARK_WORDS_PIXELS = 140;
const MARK_WORDS_HEIGHT = 14;

/** Words stand to the right of their place, unless there is too little room and more of it to the left. */
const flipsAt = (at: number, width: number, words: number): boolean =>
  at + words > width - frame.right && at - frame.left > width - frame.right - at;

interface MarksProps extends PlaceProps {
  readonly marks: readonly Mark[];
  readonly wordsAt: number;
  /** The words do not stand on these. */
  readonly lines: readonly CurvePixels[];
  /** What the visitor changed, or what befell the fleet. */
  readonly kind?: 'edit' | 'event';
}

export function Marks({ marks, wordsAt, lines, kind = 'edit', width, height, top }: MarksProps) {
  const worded = useMemo(
    () => labelled(marks, top, MARK_WORDS_PIXELS / Math.max(1, width - frame.left - frame.right)),
    [marks, top, width],
  );
  return marks.map((mark) => {
    const at = pixelAt(mark.x / top, width);
    const flips = flipsAt(at, width, MARK_WORDS_PIXELS);
    const plot = height - frame.top - frame.bottom;
    const from = at - frame.left - (flips ? MARK_WORDS_PIXELS : 0);
    const stretch = { from, to: from + MARK_WORDS_PIXELS };
    return (
      <div
        key={mark.round}
        className={`chart-mark chart-mark-${kind}${flips ? ' chart-mark-flipped' : ''}`}
        style={{ left: at, top: frame.top, height: plot }}
      >
        {worded.has(mark) && (
          <span
            className="chart-mark-words"
            style={{ top: placeLabel(lines, stretch, wordsAt * plot, plot) - MARK_WORDS_HEIGHT / 2 }}
          >
            {mark.label}
          </span>
        )}
      </div>
    );
  });
}

interface OffScaleProps extends PlaceProps {
  readonly curves: readonly Curve[];
  readonly points: readonly Point[];
  readonly left: Scale;
  readonly right: Scale;
}

const ARROW_PIXELS = 12;
const OFF_SCALE_WORDS_PIXELS = 100;

/** An arrow where a curve leaves the plot at its top; beside the last one the words. */
export function OffScale({ curves, points, left, right, width, height, top }: OffScaleProps) {
  const found = useMemo(
    () => toOffScale(points, curves, { left: left.top, right: right.top }),
    [points, curves, left, right],
  );
  if (height === 0) return null;
  const places = found.map(({ curve, x }) => ({ curve, at: pixelAt(x / top, width) }));
  const shown = places.filter(({ at }, i) => i === places.length - 1 || places[i + 1].at - at > ARROW_PIXELS);
  return shown.map(({ curve, at }, index) => {
    const scale = curve.side === 'left' ? left : right;
    const flips = flipsAt(at, width, OFF_SCALE_WORDS_PIXELS);
    return (
      <span
        key={`${curve.key} ${at}`}
        className={`chart-off-scale number${flips ? ' chart-off-scale-flipped' : ''}`}
        style={{ left: at, top: frame.top, color: curve.color }}
      >
        <span aria-hidden>▲</span>
        {index === shown.length - 1 && (
          <span>
            {curve.label} over {scale.textWithUnit(scale.top)}
          </span>
        )}
      </span>
    );
  });
}

interface TargetNameProps {
  readonly spec: ChartSpec;
  readonly history: History;
  readonly height: number;
  /** Top of the left axis. */
  readonly top: number;
}

export function TargetName({ spec, history, height, top }: TargetNameProps) {
  if (!spec.target) return null;
  const { at, label, end } = spec.target;
  const y = frame.top + (1 - at / top) * (height - frame.top - frame.bottom);
  const last = history.at(-1);
  // On the side of the line where the newest value is not.
  const isBelow = end === 'right' && last !== undefined && valuesOf(last)[spec.curves[0].key] >= at;
  const side = end === 'left' ? { left: frame.left + 2 } : { right: frame.right + 2 };
  return (
    <span className="chart-target" style={{ top: targetLabelTop(y, isBelow, height - frame.bottom), ...side }}>
      {label}
    </span>
  );
}

interface CurveNoteProps extends PlaceProps {
  readonly spec: ChartSpec;
  readonly history: History;
  readonly furthest: number;
  /** Top of the left axis. */
  readonly leftTop: number;
}

/** A ratio, said where the first curve ends. */
export function CurveNote({ spec, history, furthest, leftTop, width, height, top }: CurveNoteProps) {
  const last = history.at(-1);
  if (spec.extra?.place !== 'curve' || !last) return null;
  const summary = valuesOf(last);
  const share = Math.min(1, summary[spec.curves[0].key] / leftTop);
  const y = frame.top + (1 - share) * (height - frame.top - frame.bottom);
  const at = pixelAt(furthest / top, width);
  // Right-aligned with the curve's end, unless that is too near the left edge.
  const side = at > frame.left + MARK_WORDS_PIXELS ? { right: width - at } : { left: at + 4 };
  return (
    <span className="chart-note number" style={{ ...side, top: y < 36 ? y + 3 : y - 17 }}>
      {spec.extra.read(summary)}
    </span>
  );
}

interface CursorProps extends PlaceProps {
  readonly spec: ChartSpec;
  readonly history: History;
  readonly xs: readonly number[];
  readonly formatX: (value: number) => string;
}

export function Cursor({ spec, history, xs, formatX, width, height, top }: CursorProps) {
  const index = useHover((hover) => hover.index);
  const leads = useHover((hover) => hover.chart === spec.id);
  if (index === null || index >= history.length) return null;
  const at = pixelAt(xs[index] / top, width);
  const summary = valuesOf(history[index]);
  const side = at > width / 2 ? { right: width - at + 10 } : { left: at + 10 };
  return (
    <>
      <div className="chart-cursor" style={{ left: at, top: frame.top, height: height - frame.top - frame.bottom }} />
      {leads && (
        <div className="chart-tip number" style={{ ...side, top: frame.top }}>
          <p className="chart-tip-head">
            Round {summary.round}
            {formatX(xs[index])}
          </p>
          {curvesAt(spec, summary).map((curve) => (
            <p key={curve.key} className="chart-tip-row">
              <span>
                {swatchOf(curve, spec.shape)}
                {curve.label}
              </span>
              <span>{curve.format(summary[curve.key])}</span>
            </p>
          ))}
          {spec.extra && (
            <p className="chart-tip-row">
              <span>{spec.extra.label}</span>
              <span>{spec.extra.read(summary)}</span>
            </p>
          )}
        </div>
      )}
    </>
  );
}
