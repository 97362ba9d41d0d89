// The formula behind a modelled number, at its word.

import { Popover } from '@mantine/core';
import type { ReactNode } from 'react';
import { type FormulaName, formulas as formulaOf } from './formulas.tsx';

interface ModelledPopoverProps {
  readonly id: string;
  readonly opened: boolean;
  readonly onChange: (opened: boolean) => void;
  /** The word itself. */
  readonly target: ReactNode;
  readonly formulas: readonly FormulaName[];
}

export function ModelledPopover({ id, opened, onChange, target, formulas }: ModelledPopoverProps) {
  return (
    <Popover
      width={320}
      position="bottom-end"
      shadow="md"
      withArrow
      withRoles={false}
      opened={opened}
      onChange={onChange}
    >
      <Popover.Target>{target}</Popover.Target>
      <Popover.Dropdown>
        <div className="modelled-formula" id={id}>
          {formulas.map((name) => {
            const Formula = formulaOf[name];
            return <Formula key={name} />;
          })}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
