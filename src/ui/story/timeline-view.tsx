// The round's timeline: a lane for each node, the simulated clock below, and above them a line that is the legend, or tells of
// the lane or the bar that is pointed at. Arrow keys go from lane to lane.

import { useMediaQuery } from '@mantine/hooks';
import { type KeyboardEvent, type PointerEvent, useMemo, useState } from 'react';
import type { Topology } from '../../sim/fleet/topology.ts';
import type { RoundRecord } from '../../sim/record/record.ts';
import { NARROW } from '../shared/media.ts';
import { describeBar, describeLane } from './describe-lane.ts';
import { Clock, Legend } from './timeline-clock.tsx';
import { TimelineGroup } from './timeline-group.tsx';
import { TimelineRow } from './timeline-row.tsx';
import { lanesOf, toTimetable } from './timetable.ts';
import './timeline.css';

/** Seconds that the clock is drawn over before the first round. */
const EMPTY_SECONDS = 1.5;
/** With more devices than this, each gateway's are folded into one lane. */
const MOST_LANES = 40;

/** Before the first round: the lanes that will be there. */
function EmptyRows() {
  return (
    <div aria-hidden>
      {['a device', 'its gateway', 'its fog', 'the cloud'].map((label) => (
        <div key={label} className="timeline-row timeline-row-empty">
          <span className="timeline-label">{label}</span>
          <span className="timeline-track" />
        </div>
      ))}
    </div>
  );
}

/** Up and down through the buttons, so that thirty lanes are one stop of the Tab key. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const buttons = [...event.currentTarget.querySelectorAll('button')];
  const at = buttons.indexOf(event.target as HTMLButtonElement);
  const next = {
    ArrowDown: buttons[at + 1],
    ArrowUp: buttons[at - 1],
    Home: buttons[0],
    End: buttons[buttons.length - 1],
  }[event.key];
  if (at < 0 || !next) return;
  event.preventDefault();
  next.focus();
}

/** The lane at an event, and where in it: a share of the clock. */
function placeOf({ target, clientX }: PointerEvent): { id: string; share: number | null } | null {
  const row = (target as Element).closest<HTMLElement>('[data-lane]');
  const track = row?.querySelector('.timeline-track')?.getBoundingClientRect();
  if (!row?.dataset.lane || !track) return null;
  const share = (clientX - track.left) / track.width;
  return { id: row.dataset.lane, share: share >= 0 ? share : null };
}

interface TimelineProps {
  readonly record: RoundRecord | null;
  readonly topology: Topology;
}

export function Timeline({ record, topology }: TimelineProps) {
  const isNarrow = useMediaQuery(NARROW, false, { getInitialValueInEffect: false });
  const opens = !isNarrow && (record?.devices.number.length ?? 0) <= MOST_LANES;
  /** Gateways whose devices are unfolded, or folded, otherwise than they would be by themselves. */
  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set());
  const [pointed, setPointed] = useState<{ id: string; share: number | null } | null>(null);
  const [focused, setFocused] = useState<string | null>(null);

  const timetable = useMemo(
    () => record && toTimetable(record, topology, (gateway) => turned.has(gateway) !== opens),
    [record, topology, turned, opens],
  );
  const lanes = timetable ? lanesOf(timetable) : [];
  const total = timetable?.total ?? EMPTY_SECONDS;
  const pointedLane = pointed && lanes.find(({ id }) => id === pointed.id);
  const stop = lanes.some(({ id }) => id === focused) ? focused : lanes[0]?.id;
  const turn = (gateway: string) =>
    setTurned(
      (before) => new Set(before.has(gateway) ? [...before].filter((id) => id !== gateway) : [...before, gateway]),
    );
  const leave = () => setPointed(null);

  return (
    <div className="timeline">
      {pointedLane && pointed ? (
        <p className="timeline-description number">
          {pointed.share === null ? describeLane(pointedLane) : describeBar(pointedLane, pointed.share * total)}
        </p>
      ) : (
        <Legend hasPath={lanes.some(({ rail }) => rail !== null)} />
      )}
      {/* A toolbar to assistive technology: buttons that are one stop of the Tab key. */}
      <div
        className="timeline-lanes"
        role="toolbar"
        aria-orientation="vertical"
        aria-label={record ? `Who did what in round ${record.round}` : 'Who does what in a round'}
        onKeyDown={walk}
        onPointerMove={(event) => setPointed(placeOf(event))}
        onPointerLeave={leave}
        onFocus={({ target }) => {
          const id = target.dataset.lane;
          if (!id) return;
          setFocused(id);
          if (target.matches(':focus-visible')) setPointed({ id, share: null });
        }}
        onBlur={leave}
      >
        {timetable ? (
          <>
            {timetable.branches.map(({ fog, groups }) => (
              <div key={fog?.id ?? ''} className="timeline-branch">
                {groups.map((group) => (
                  <TimelineGroup key={group.gateway?.id ?? ''} {...{ group, total, stop, onTurn: turn }} />
                ))}
                {fog && (
                  <div className="timeline-fog">
                    <TimelineRow lane={fog} total={total} isStop={stop === fog.id} />
                  </div>
                )}
              </div>
            ))}
            <div className="timeline-cloud">
              <TimelineRow lane={timetable.cloud} total={total} isStop={stop === 'cloud'} />
            </div>
          </>
        ) : (
          <EmptyRows />
        )}
        <Clock total={total} isNarrow={isNarrow} closed={timetable && timetable.end < total ? timetable.end : null} />
      </div>
    </div>
  );
}
