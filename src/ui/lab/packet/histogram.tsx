// Two histograms over each other: the message before its codec as filled bars, after it as an outline. Counts are on a
// logarithmic scale, because a sparsifier sends most values to zero.

import { useElementSize } from '@mantine/hooks';
import { useState } from 'react';
import type { Histograms } from '../../../sim/lab/packet/histogram.ts';
import { formatCount } from '../../format.ts';
import { formatValue } from '../lab-format.ts';
import { heightOf, toOutline } from './histogram-shape.ts';

const HEIGHT = 168;
const frame = { top: 6, right: 8, bottom: 18, left: 40 } as const;
const counts = [1, 10, 100, 1000, 10_000, 100_000] as const;

export function Histogram({ histograms }: { readonly histograms: Histograms }) {
  const { ref, width } = useElementSize<HTMLDivElement>();
  const [bin, setBin] = useState<number | null>(null);
  const { low, high, before, after } = histograms;
  const bins = before.length;
  const most = before.reduce(
    (a, b) => Math.max(a, b),
    after.reduce((a, b) => Math.max(a, b), 1),
  );
  const inner = { width: Math.max(0, width - frame.left - frame.right), height: HEIGHT - frame.top - frame.bottom };
  const step = inner.width / bins;
  const edge = (index: number) => formatValue(low + ((high - low) * index) / bins);
  const reading =
    bin === null
      ? `${bins} bins from ${formatValue(low)} to ${formatValue(high)}`
      : `${edge(bin)} … ${edge(bin + 1)}: ${formatCount(before[bin])} before, ${formatCount(after[bin])} after`;
  return (
    <div className="histogram">
      <div
        ref={ref}
        className="histogram-plot"
        onPointerMove={(event) => {
          const at = event.clientX - event.currentTarget.getBoundingClientRect().left - frame.left;
          const next = Math.floor(at / step);
          setBin(next >= 0 && next < bins ? next : null);
        }}
        onPointerLeave={() => setBin(null)}
      >
        {width > 0 && (
          <svg
            width={width}
            height={HEIGHT}
            role="img"
            aria-label={`Histogram of the values. Nearest to zero: ${formatCount(before[(bins - 1) / 2])} before the codec, ${formatCount(after[(bins - 1) / 2])} after it.`}
          >
            <g transform={`translate(${frame.left} ${frame.top})`}>
              {counts
                .filter((each) => each <= most)
                .map((each) => {
                  const y = inner.height - heightOf(each, most, inner.height);
                  return (
                    <g key={each}>
                      <line className="lab-grid" x2={inner.width} y1={y} y2={y} />
                      <text className="lab-tick" x={-6} y={y + 4} textAnchor="end">
                        {each.toLocaleString('en')}
                      </text>
                    </g>
                  );
                })}
              {bin !== null && <rect className="histogram-cursor" x={bin * step} width={step} height={inner.height} />}
              <path className="histogram-before" d={`${toOutline(before, most, inner)} V${inner.height} H0 Z`} />
              <path className="histogram-after" d={toOutline(after, most, inner)} />
              {[low, 0, high].map((value, index) => (
                <text
                  key={value}
                  className="lab-tick"
                  x={(index * inner.width) / 2}
                  y={inner.height + 14}
                  textAnchor={index === 0 ? 'start' : index === 1 ? 'middle' : 'end'}
                >
                  {formatValue(value)}
                </text>
              ))}
            </g>
          </svg>
        )}
      </div>
      <p className="lab-key number">
        <span className="lab-key-before">before</span>
        <span className="lab-key-after">after</span>
        <span className="lab-reading">{reading}</span>
      </p>
    </div>
  );
}
