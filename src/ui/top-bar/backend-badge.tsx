// What the models train on here, in a word; pressed, why that was picked, and the visitor's choice.

import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { foglineStore, useFogline } from '../../store/use-fogline.ts';
import { ChipIcon } from '../shared/icons.tsx';
import { createPart, usePart } from '../shared/use-part.ts';
import { backendLabels } from './backend-labels.ts';

const popover = createPart(
  () => import('./backend-popover.tsx'),
  (module) => module.BackendPopover,
);

export function BackendBadge() {
  const [opened, setOpened] = useState(false);
  const chosen = useFogline((state) => state.backend?.chosen);
  const failed = useFogline((state) => state.phase === 'failed');
  const BackendPopover = usePart(popover, opened);
  // Those that were not needed so far are timed when somebody wants to see it.
  useEffect(() => {
    if (opened) foglineStore.getState().timeBackends();
  }, [opened]);
  const label = chosen ? backendLabels[chosen] : failed ? 'none' : '…';
  const button = (
    <Button
      variant="default"
      className="backend-badge"
      aria-label={`Trains on ${label}`}
      leftSection={<ChipIcon />}
      onClick={() => setOpened(!opened)}
    >
      {label}
    </Button>
  );
  return BackendPopover ? <BackendPopover opened={opened} onChange={setOpened} target={button} /> : button;
}
