// A section of the panel: a small title that folds it away, and what it holds in a few words at the right. What is folded is
// not built until it is opened.

import { type ReactNode, useState } from 'react';
import type { Source } from '../../sim/experiment/settings.ts';

/** What a visitor has opened or folded: a phone builds the settings anew each time that they are looked at. */
const opened = new Map<string, boolean>();

function useOpen(name: string, atFirst: boolean) {
  const [open, setOpen] = useState(opened.get(name) ?? atFirst);
  const toggle = (to: boolean) => {
    opened.set(name, to);
    setOpen(to);
  };
  return [open, toggle] as const;
}

interface SectionProps {
  readonly title: string;
  /** A few words beside the title, there when the section is folded too. */
  readonly aside?: ReactNode;
  /** What it holds in a few words, while it is folded. */
  readonly summary?: ReactNode;
  /** A button in their place. */
  readonly action?: ReactNode;
  readonly folded?: boolean;
  readonly children: ReactNode;
}

export function Section({ title, aside, summary, action, folded = false, children }: SectionProps) {
  const [open, setOpen] = useOpen(title, !folded);
  return (
    <div className="section">
      <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary className="section-head">
          <h2 className="section-title">{title}</h2>
          <span className="section-aside number">
            {aside}
            {!open && summary}
          </span>
        </summary>
        {open && <div className="section-body">{children}</div>}
      </details>
      {action && <div className="section-action">{action}</div>}
    </div>
  );
}

interface FoldProps {
  readonly name: string;
  readonly words: string;
  readonly children: ReactNode;
}

/** The lesser settings of a section, folded into a line that says them. */
export function Fold({ name, words, children }: FoldProps) {
  const [open, setOpen] = useOpen(name, false);
  return (
    <details className="section-fold" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="section-fold-head number">{words}</summary>
      {open && <div className="section-body">{children}</div>}
    </details>
  );
}

/** What the chosen one of a setting's choices does, in a line below it. */
export function Chosen({ help, source }: { readonly help: string; readonly source?: Source | undefined }) {
  return (
    <p className="section-chosen">
      {help}
      {source && <span className="section-source"> {typeof source === 'string' ? source : source.text}.</span>}
    </p>
  );
}
