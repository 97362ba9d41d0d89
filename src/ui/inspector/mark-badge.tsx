// How well a figure is known: D, M, E or T with its source on hover or focus. Of an edited figure it says so, and gives the
// profile's value back when pressed.

import { Tooltip } from '@mantine/core';
import { type Provenance, provenanceLabel } from '../../sim/fleet/profiles/profile.ts';
import './mark-badge.css';

interface MarkBadgeProps {
  readonly label: string;
  readonly mark: Provenance;
  readonly source: string;
}

export function MarkBadge({ label, mark, source }: MarkBadgeProps) {
  const meaning = `${provenanceLabel[mark]}: ${source}`;
  return (
    <Tooltip label={meaning} multiline maw={240} events={{ hover: true, focus: true, touch: true }}>
      <button type="button" className="mark-badge" aria-label={`${label}: ${meaning}`}>
        {mark}
      </button>
    </Tooltip>
  );
}

interface EditedBadgeProps {
  readonly label: string;
  /** The profile's value, as text. */
  readonly original: string;
  readonly onReset: () => void;
}

export function EditedBadge({ label, original, onReset }: EditedBadgeProps) {
  return (
    <Tooltip label={`Edited. Press for the profile’s ${original}.`} events={{ hover: true, focus: true, touch: false }}>
      <button
        type="button"
        className="mark-badge mark-badge-edited"
        aria-label={`${label} is edited: back to ${original}`}
        onClick={onReset}
      >
        ↺
      </button>
    </Tooltip>
  );
}
