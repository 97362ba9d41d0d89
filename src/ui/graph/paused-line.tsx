// Says which instant of which round the graph shows while its animation is paused.

import { formatSeconds } from '../format.ts';
import { usePausedInstant } from './paused-instant.ts';
import './paused-line.css';

export function PausedLine() {
  const instant = usePausedInstant();
  if (!instant) return null;
  const { record, at } = instant;
  return (
    <p className="paused-line number" title="The curves, the tiles and the story show the whole round.">
      Paused <b>{formatSeconds(at)}</b> into round {record.round}
    </p>
  );
}
