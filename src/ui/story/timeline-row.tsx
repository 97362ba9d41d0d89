// One lane of the round's timeline: a node, and what it did when. The lane is one button that selects the node.

import { type CSSProperties, memo } from 'react';
import { tierOf } from '../../sim/fleet/topology.ts';
import { statusEntry } from '../../sim/record/statuses.ts';
import { selectedDevices, selectedId } from '../../store/node-selection.ts';
import { useFogline } from '../../store/use-fogline.ts';
import { formatSeconds } from '../format.ts';
import { joined } from './bars.ts';
import { describeLane } from './describe-lane.ts';
import { paint } from './paint.ts';
import type { Lane } from './timetable.ts';

/** Below this share of the round there is no room for the seconds. */
const ROOM_FOR_SECONDS = 0.1;

const percent = (share: number): string => `${100 * share}%`;

/** On the critical path the long bars say their seconds. */
function Seconds({ lane, total }: { readonly lane: Lane; readonly total: number }) {
  return joined(lane.bars).map(({ act, from, to }) =>
    act !== 'wait' && (to - from) / total >= ROOM_FOR_SECONDS ? (
      <span
        key={`${act} ${from}`}
        className="timeline-seconds"
        style={{ left: percent(from / total), width: percent((to - from) / total) }}
      >
        {formatSeconds(to - from)}
      </span>
    ) : null,
  );
}

/** Why there is nothing to see, or why what is to see came to nothing. */
function Note({ lane: { id, bars, absence } }: { readonly lane: Lane }) {
  const worked = bars.some(({ act }) => act !== 'wait');
  // Asynchronous: its work was in the rounds before.
  if (absence === null)
    return worked || tierOf(id) !== 'device' ? null : (
      <span className="timeline-absence">{statusEntry('arrived').label}</span>
    );
  if (worked && statusEntry(absence).severity === 'busy') return null;
  return (
    <span className="timeline-absence" data-beside={bars.length > 0 || undefined} data-worked={worked || undefined}>
      {statusEntry(absence).label}
    </span>
  );
}

interface TimelineRowProps {
  readonly lane: Lane;
  readonly total: number;
  /** Devices below it. */
  readonly count?: number;
  /** The lane that Tab reaches; arrow keys go on from there. */
  readonly isStop: boolean;
}

export const TimelineRow = memo(function TimelineRow({ lane, total, count, isStop }: TimelineRowProps) {
  const { id, label, rail, bars, deviceGroup } = lane;
  const select = useFogline((state) => state.select);
  const selected = useFogline((state) => selectedId(state) === id || selectedDevices(state).has(id));
  const isCritical = rail !== null && rail.to > rail.from;
  const place = rail && { '--from': rail.from / total, '--to': Math.min(1, rail.to / total) };
  return (
    <button
      type="button"
      className="timeline-row"
      data-lane={id}
      data-critical={isCritical || undefined}
      data-straggler={lane.isStraggler || undefined}
      data-rail={rail ? (rail.enters ? 'enters' : 'begins') : undefined}
      tabIndex={isStop ? 0 : -1}
      aria-pressed={selected}
      aria-label={describeLane(lane)}
      style={place as CSSProperties | undefined}
      onClick={() => select(id)}
    >
      <span className="timeline-label">
        {label}
        {count !== undefined && <span className="timeline-count"> · {count}</span>}
      </span>
      <span className="timeline-track" style={{ background: paint(bars, total, deviceGroup?.bars) }}>
        {isCritical && <Seconds lane={lane} total={total} />}
        <Note lane={lane} />
      </span>
    </button>
  );
}, isSame);

/** A lane is made anew with every round; it is drawn anew only if it would look or sound otherwise. */
function isSame(before: TimelineRowProps, after: TimelineRowProps): boolean {
  if (before.total !== after.total || before.isStop !== after.isStop || before.count !== after.count) return false;
  const [a, b] = [before.lane, after.lane];
  return (
    a.id === b.id &&
    a.label === b.label &&
    a.isStraggler === b.isStraggler &&
    a.absence === b.absence &&
    JSON.stringify([a.rail, a.bars, a.amounts, a.deviceGroup]) ===
      JSON.stringify([b.rail, b.bars, b.amounts, b.deviceGroup])
  );
}
