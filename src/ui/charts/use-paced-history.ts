// The history at a pace that eyes can follow: while the run is on, each chart takes it up four times a second, and each at its
// own moment, so that no two charts are drawn in one task. A pause, a step or a reset shows at once.

import { startTransition, useEffect, useState } from 'react';
import type { History } from '../../sim/record/record.ts';
import { foglineStore } from '../../store/use-fogline.ts';
import { untilNext } from './pacing.ts';

export function usePacedHistory(phase: number): History {
  const [shown, setShown] = useState(() => foglineStore.getState().history);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const take = () => {
      timer = undefined;
      startTransition(() => setShown(foglineStore.getState().history));
    };
    const later = () => {
      timer ??= setTimeout(take, untilNext(performance.now(), phase));
    };
    const unsubscribe = foglineStore.subscribe((state, before) => {
      if (state.history === before.history) return;
      if (state.history.length === 0) setShown(state.history);
      else later();
    });
    later();
    return () => {
      unsubscribe();
      clearTimeout(timer);
    };
  }, [phase]);
  return shown;
}
