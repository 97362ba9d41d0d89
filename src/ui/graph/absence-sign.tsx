// The sign of why a device was absent, in a disc of its own: on the device's node, and in the legend.

import type { AbsentStatus } from '../../sim/record/statuses.ts';
import { absenceOf } from './absence.ts';
import './absence-sign.css';

interface AbsenceSignProps {
  readonly reason: AbsentStatus;
  /** In the middle of its node, in its corner, or in a line of text. */
  readonly place: 'middle' | 'corner' | 'text';
}

export function AbsenceSign({ reason, place }: AbsenceSignProps) {
  const { path, fill, severity, isDotted } = absenceOf(reason);
  return (
    <svg
      className={`absence-sign absence-sign-${place} absence-sign-${severity}`}
      viewBox="-4 -4 24 24"
      data-reason={reason}
      data-dotted={isDotted}
      aria-hidden="true"
    >
      <circle className="absence-sign-disc" cx="8" cy="8" r="11" />
      {fill && <path className="absence-sign-fill" d={fill} />}
      <path className="absence-sign-strokes" d={path} />
    </svg>
  );
}
