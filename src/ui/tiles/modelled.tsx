// The word that marks a number as modelled; pressing it shows the formula, pressing it again or Escape puts it away.

import { useId, useState } from 'react';
import { createPart, usePart } from '../shared/use-part.ts';
import type { FormulaName } from './formulas.tsx';
import './modelled.css';

const popover = createPart(
  () => import('./modelled-popover.tsx'),
  (module) => module.ModelledPopover,
);

interface ModelledProps {
  /** What is modelled: 'Round trip'. */
  readonly what: string;
  /** Shown one below the other. */
  readonly formulas: readonly FormulaName[];
}

export function Modelled({ what, formulas }: ModelledProps) {
  const [opened, setOpened] = useState(false);
  const id = useId();
  const ModelledPopover = usePart(popover, opened);
  const word = (
    <button
      type="button"
      className="modelled"
      aria-label={`${what} is modelled: show the formula`}
      aria-expanded={opened}
      // Read after the button, which keeps the focus: there is nothing to press in a formula.
      aria-describedby={opened ? id : undefined}
      onClick={() => setOpened(!opened)}
      onKeyDown={(event) => event.key === 'Escape' && setOpened(false)}
    >
      modelled
    </button>
  );
  if (!ModelledPopover) return word;
  return <ModelledPopover id={id} opened={opened} onChange={setOpened} target={word} formulas={formulas} />;
}
