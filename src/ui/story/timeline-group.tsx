// A gateway's lane under those of its devices, with the button that folds them into it.

import { formatCounted } from '../format.ts';
import { TimelineRow } from './timeline-row.tsx';
import type { Group } from './timetable.ts';

interface TimelineGroupProps {
  readonly group: Group;
  readonly total: number;
  /** Id of the lane that Tab reaches. */
  readonly stop: string | null | undefined;
  readonly onTurn: (gateway: string) => void;
}

export function TimelineGroup({ group: { gateway, devices, count, isOpen }, total, stop, onTurn }: TimelineGroupProps) {
  return (
    <div className="timeline-group">
      {devices.map((lane) => (
        <TimelineRow key={lane.id} lane={lane} total={total} isStop={stop === lane.id} />
      ))}
      {gateway && (
        <div className="timeline-gateway">
          {count > 0 && (
            <button
              type="button"
              className="timeline-fold"
              tabIndex={-1}
              aria-expanded={isOpen}
              aria-label={`${formatCounted(count, 'device')} of ${gateway.label}`}
              title={isOpen ? 'Fold its devices into one lane' : 'A lane for each of its devices'}
              onClick={() => onTurn(gateway.id)}
            />
          )}
          <TimelineRow lane={gateway} total={total} count={count} isStop={stop === gateway.id} />
        </div>
      )}
    </div>
  );
}
