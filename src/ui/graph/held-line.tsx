// Says which instant of which round the graph shows while its playback is held by a pause.

import { formatSeconds } from '../format.ts';
import { useHeldInstant } from './held-instant.ts';
import './held-line.css';

export function HeldLine() {
  const instant = useHeldInstant();
  if (!instant) return null;
  const { record, at } = instant;
  return (
    <p className="held-line number" title="The curves, the tiles and the story show the whole round.">
      Paused <b>{formatSeconds(at)}</b> into round {record.round}
    </p>
  );
}
