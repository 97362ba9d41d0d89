// What would make a device take part that has too little memory or storage: each line one click.

import { Button } from '@mantine/core';
import { foglineStore } from '../../store/use-fogline.ts';
import { formatMemory } from '../shared/format-memory.ts';
import { RestartMark } from '../shared/restart-mark.tsx';
import type { Rescue, Rescues } from './to-rescues.ts';

interface RescueListProps extends Rescues {
  /** 'No batch fits: even one sample needs': what is said before the bytes that lack whatever is done. */
  readonly short: { readonly what: string; readonly why: string };
  /** In one line, as far as it goes. */
  readonly brief?: boolean | undefined;
}

export function RescueList({ rescues, lacking, short, brief = false }: RescueListProps) {
  return (
    <div className="rescues">
      {lacking > 0 && (
        <p className="rescues-lead">
          <strong className="inspector-warning">{short.what}</strong> {short.why} {formatMemory(lacking)} more.
        </p>
      )}
      {rescues.length > 0 && (
        <>
          <p className="rescues-lead">{lacking > 0 ? 'It would fit with:' : 'It fits with:'}</p>
          <ul className="rescues-list" data-brief={brief || undefined}>
            {rescues.map((rescue) => (
              <RescueLine key={rescue.label} rescue={rescue} brief={brief} />
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

interface RescueLineProps {
  readonly rescue: Rescue;
  readonly brief: boolean;
}

function RescueLine({ rescue: { label, note, changes, restarts }, brief }: RescueLineProps) {
  return (
    <li className="rescues-one">
      <Button variant="default" size="compact-xs" title={note} onClick={() => foglineStore.getState().change(changes)}>
        {label}
      </Button>
      {!brief && <span className="rescues-note">{note}</span>}
      <RestartMark live={!restarts} />
    </li>
  );
}
