// Accuracy against bytes: a dot a pipeline, at the means over its seeds, with its name and error bars of one sample standard
// deviation; and the Pareto front drawn through those that are on it beyond the spread.

import { useElementSize } from '@mantine/hooks';
import type { EfficiencyRow } from '../../../sim/lab/efficiency/efficiency.ts';
import { formatBytes, formatCounted, formatShare } from '../../format.ts';
import { formatShareSpread } from '../lab-format.ts';
import {
  boxesOfBars,
  type ErrorBars,
  endsOf,
  errorBarsOf,
  logTicks,
  nameDots,
  type Plane,
  placeOf,
  shareTicks,
} from './scatter-shape.ts';

const HEIGHT = 250;
/** '20 kB': a tick's place is round. */
const formatTick = (bytes: number): string => formatBytes(bytes).replace(/\.0+(?= )/, '');

const frame = { top: 10, right: 16, bottom: 22, left: 46 } as const;

export function Scatter({ rows }: { readonly rows: readonly EfficiencyRow[] }) {
  const { ref, width } = useElementSize<HTMLDivElement>();
  const known = rows.filter(({ accuracy, bytesUp }) => Number.isFinite(accuracy.mean) && bytesUp.mean > 0);
  return (
    <div ref={ref} className="scatter">
      {known.length === 0 ? (
        <p className="scatter-empty">The points come as the runs end.</p>
      ) : (
        width > 0 && <Plot rows={known} width={width} />
      )}
    </div>
  );
}

const CAP = 3;

/** Both bars with their caps; a bar shorter than its dot is left out. */
function barsPath(x: number, y: number, { left, right, top, bottom }: ErrorBars): string {
  const up =
    bottom - top > 2 ? `M${x} ${top}V${bottom}M${x - CAP} ${top}h${2 * CAP}M${x - CAP} ${bottom}h${2 * CAP}` : '';
  const across =
    right - left > 2 ? `M${left} ${y}H${right}M${left} ${y - CAP}v${2 * CAP}M${right} ${y - CAP}v${2 * CAP}` : '';
  return up + across;
}

function Plot({ rows, width }: { readonly rows: readonly EfficiencyRow[]; readonly width: number }) {
  // Some of a log axis's room is left of the least: a bar may reach zero, where there is none.
  const bytes = rows.flatMap(({ bytesUp }) => endsOf(bytesUp).map((end) => Math.max(end, bytesUp.mean / 10)));
  const shares = rows.flatMap(({ accuracy }) => endsOf(accuracy).map((end) => Math.min(1, Math.max(0, end))));
  const xs = logTicks(Math.min(...bytes) * 0.9, Math.max(...bytes) * 1.1);
  const ys = shareTicks(Math.min(...shares), Math.max(...shares));
  const plane: Plane = {
    width: width - frame.left - frame.right,
    height: HEIGHT - frame.top - frame.bottom,
    x: [xs[0], xs.at(-1) ?? xs[0]],
    y: [ys[0], ys.at(-1) ?? 1],
  };
  const place = ({ bytesUp, accuracy }: EfficiencyRow) => placeOf(bytesUp.mean, accuracy.mean, plane);
  const front = rows
    .filter(({ isOnFront }) => isOnFront)
    .sort((a, b) => a.bytesUp.mean - b.bytesUp.mean || a.accuracy.mean - b.accuracy.mean);
  const line = front.map(place).map(({ x, y }, index) => (index === 0 ? `M${x} ${y}` : `H${x} V${y}`));
  // Who has fewer dots to give way to comes first: those on the front keep the best places for their names.
  const ordered = [...rows].sort((a, b) => Number(b.isOnFront) - Number(a.isOnFront));
  const bars = ordered.map(({ bytesUp, accuracy }) => errorBarsOf(bytesUp, accuracy, plane));
  const dots = nameDots(
    ordered.map((row) => ({ ...place(row), label: row.label })),
    front.map(place),
    plane,
    ordered.flatMap((row, index) => boxesOfBars(place(row), bars[index])),
  );
  const names = front.map(
    ({ label, bytesUp, accuracy }) => `${label} ${formatBytes(bytesUp.mean)} ${formatShareSpread(accuracy)}`,
  );
  const skip = Math.ceil(xs.length / Math.max(2, plane.width / 70));
  return (
    <svg
      width={width}
      height={HEIGHT}
      role="img"
      aria-label={`Accuracy against bytes up a round of ${formatCounted(rows.length, 'codec')}. On the Pareto front: ${names.join(', ')}.`}
    >
      <g transform={`translate(${frame.left} ${frame.top})`}>
        {ys.map((share) => {
          const { y } = placeOf(xs[0], share, plane);
          return (
            <g key={share}>
              <line className="lab-grid" x2={plane.width} y1={y} y2={y} />
              <text className="lab-tick" x={-6} y={y + 4} textAnchor="end">
                {formatShare(share, 0)}
              </text>
            </g>
          );
        })}
        {xs.map((each, index) => {
          const { x } = placeOf(each, ys[0], plane);
          return (
            <g key={each}>
              <line className="lab-grid" y2={plane.height} x1={x} x2={x} />
              {index % skip === 0 && (
                <text
                  className="lab-tick"
                  x={x}
                  y={plane.height + 15}
                  textAnchor={index === xs.length - 1 ? 'end' : 'middle'}
                >
                  {formatTick(each)}
                </text>
              )}
            </g>
          );
        })}
        <path className="scatter-front" d={line.join(' ')} />
        {dots.map(({ x, y, label }, index) => (
          <path
            key={label}
            className="scatter-bars"
            data-front={ordered[index].isOnFront || undefined}
            d={barsPath(x, y, bars[index])}
          />
        ))}
        {dots.map(({ label, textX, textY, anchor }, index) => (
          <text
            key={label}
            className="scatter-name"
            data-front={ordered[index].isOnFront || undefined}
            x={textX}
            y={textY + 4}
            textAnchor={anchor}
          >
            {label}
          </text>
        ))}
        {dots.map(({ x, y, label }, index) =>
          ordered[index].isOnFront ? (
            <path key={label} className="scatter-dot" data-front d={`M${x} ${y - 6} l6 6 l-6 6 l-6 -6 Z`} />
          ) : (
            <circle key={label} className="scatter-dot" cx={x} cy={y} r={4} />
          ),
        )}
      </g>
    </svg>
  );
}
