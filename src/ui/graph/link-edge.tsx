// A link in the graph: as wide as the bytes of the last round are many, in its tier's colour; broken where it is switched off.
// It can be pointed at and selected well beside its line.

import type { EdgeProps } from 'reactflow';
import { tierOf } from '../../sim/fleet/topology.ts';
import { useFogline } from '../../store/use-fogline.ts';
import { bottomOf, type Curve, curveOf, pathOf, pointOn, topOf } from './curve.ts';
import type { Point } from './geometry.ts';
import type { LinkFlowEdge } from './graph-elements.ts';
import { selectLatest } from './latest-record.ts';
import { breakOf } from './link-break.ts';
import { selectWidth } from './link-width.ts';
import { linkPresence } from './presence.ts';
import './link-edge.css';

const HIT_WIDTH = 14;

export function LinkEdge({ source, target, sourceX, sourceY, targetX, targetY, data }: EdgeProps<LinkFlowEdge>) {
  const width = useFogline((state) => selectWidth(state, source));
  const hasRecord = useFogline((state) => selectLatest(state) !== undefined);
  const presence = useFogline((state) => linkPresence(state, source, target));
  const curve = presentCurve(data?.curve, { x: targetX, y: targetY }, { x: sourceX, y: sourceY });
  const path = pathOf(curve);
  const isOn = presence === 'on';
  const carried = !isOn ? 'link-line-off' : width > 0 ? 'link-line-carried' : hasRecord ? 'link-line-unused' : '';
  return (
    <>
      <path className={`link-line ${carried}`} d={path} strokeWidth={(isOn && width) || 1} />
      {presence === 'off' && <Break curve={curve} radius={tierOf(source) === 'device' ? data?.radius : undefined} />}
      <path className="link-hit" d={path} strokeWidth={HIT_WIDTH}>
        {!isOn && (
          <title>{presence === 'off' ? 'This link is switched off.' : 'It carries nothing: one end is off.'}</title>
        )}
      </path>
    </>
  );
}

const near = (one: Point, other: Point): boolean => Math.abs(one.x - other.x) < 1 && Math.abs(one.y - other.y) < 1;

/** The curve at rest, or a plain one while one of its nodes is being dragged. */
const presentCurve = (rest: Curve | undefined, top: Point, bottom: Point): Curve =>
  rest && near(topOf(rest), top) && near(bottomOf(rest), bottom) ? rest : curveOf(top, bottom, bottom.y);

/** Two short strokes across a gap; near a device, because further up its link runs among its neighbours'. */
function Break({ curve, radius }: { readonly curve: Curve; readonly radius: number | undefined }) {
  const { x, y, scale } = radius === undefined ? { ...pointOn(curve, 0.5), scale: 1 } : breakOf(curve, radius);
  return (
    <g className="link-break" transform={`translate(${x.toFixed(1)} ${y.toFixed(1)}) scale(${scale.toFixed(2)})`}>
      <rect x="-4" y="-2.6" width="8" height="5.2" />
      <path d="M-5-1.2 5-4M-5 4 5 1.2" />
    </g>
  );
}
