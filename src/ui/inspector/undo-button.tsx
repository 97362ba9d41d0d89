// Takes back what was just done to several devices, as long as there is something to take back.

import { Button } from '@mantine/core';
import { useMemo } from 'react';
import { type AppliedChanges, undoChanges } from '../../store/undo.ts';
import { useFogline } from '../../store/use-fogline.ts';
import { formatCounted } from '../format.ts';
import { undo } from '../graph/fleet-actions.ts';

interface UndoButtonProps {
  /** Null where nothing was done. */
  readonly done: AppliedChanges | null;
  readonly onUndone: () => void;
}

export function UndoButton({ done, onUndone }: UndoButtonProps) {
  const experiment = useFogline((state) => state.experiment);
  const isThere = useMemo(
    () => done !== null && done.ids.length > 1 && undoChanges(experiment, done).length > 0,
    [experiment, done],
  );
  if (!done || !isThere) return null;
  return (
    <Button
      variant="default"
      size="compact-xs"
      className="inspector-undo"
      onClick={() => {
        undo(done);
        onUndone();
      }}
    >
      Undo for {formatCounted(done.ids.length, 'device')}
    </Button>
  );
}
