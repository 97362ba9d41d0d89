// The last thirty rounds of one number, without axes: its shape, not its values (those are in the charts).

import { sparkPoints } from './trend.ts';

const WIDTH = 44;
const HEIGHT = 18;

export function Sparkline({ values }: { readonly values: readonly number[] }) {
  if (values.filter(Number.isFinite).length < 2) return null;
  const points = sparkPoints(values, WIDTH, HEIGHT);
  const last = points.slice(points.lastIndexOf(' ') + 1).split(',');
  return (
    <svg
      className="sparkline"
      width={WIDTH + 6}
      height={HEIGHT + 6}
      viewBox={`-3 -3 ${WIDTH + 6} ${HEIGHT + 6}`}
      aria-hidden
    >
      <polyline points={points} fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinejoin="round" />
      <circle cx={last[0]} cy={last[1]} r="2" fill="currentColor" />
    </svg>
  );
}
