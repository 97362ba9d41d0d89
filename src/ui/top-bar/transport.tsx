// Reset, Play or Pause, Step. The space bar plays and pauses wherever the keyboard has nothing else to do.

import { ActionIcon, Button } from '@mantine/core';
import { useEffect } from 'react';
import { selectIsDone } from '../../store/store.ts';
import { foglineStore, useFogline } from '../../store/use-fogline.ts';
import { PauseIcon, PlayIcon, ResetIcon, StepIcon } from '../shared/icons.tsx';

/** Whatever takes the space bar for itself: fields, buttons, sliders, nodes of the graph. */
const TAKES_SPACE = 'input, select, textarea, button, a, summary, [role], [contenteditable]';

function toggle() {
  const { phase, play, pause } = foglineStore.getState();
  if (phase === 'running' || phase === 'stepping') pause();
  else play();
}

function useSpaceBar() {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const busy = event.target instanceof Element && event.target.closest(TAKES_SPACE) !== null;
      if (event.code !== 'Space' || busy || event.defaultPrevented || event.repeat) return;
      event.preventDefault();
      toggle();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}

const playWords = (runs: boolean, isDone: boolean): string =>
  runs ? 'Pause after this round (space bar)' : `Play${isDone ? ' again from round 1' : ''} (space bar)`;

export function Transport() {
  const phase = useFogline((state) => state.phase);
  const isFresh = useFogline((state) => state.history.length === 0);
  const isDone = useFogline(selectIsDone);
  const canRetry = useFogline((state) => state.recovery !== null);
  useSpaceBar();
  const { reset, step } = foglineStore.getState();
  const runs = phase === 'running';
  return (
    <fieldset className="transport" aria-label="Run">
      <ActionIcon
        variant="default"
        size={34}
        aria-label="Reset"
        title="Reset: back to round 0, with the present settings"
        disabled={isFresh && phase !== 'failed' && !runs}
        onClick={reset}
      >
        <ResetIcon />
      </ActionIcon>
      <Button
        className="transport-play"
        data-invites={(isFresh && phase === 'paused') || undefined}
        leftSection={runs ? <PauseIcon /> : <PlayIcon />}
        aria-keyshortcuts="Space"
        title={playWords(runs, isDone)}
        disabled={phase === 'failed' && !canRetry}
        onClick={toggle}
      >
        {runs ? 'Pause' : 'Play'}
      </Button>
      <Button
        variant="default"
        className="transport-step"
        rightSection={<StepIcon />}
        title="One round, then pause"
        disabled={phase !== 'paused' && phase !== 'running'}
        onClick={step}
      >
        Step
      </Button>
    </fieldset>
  );
}
