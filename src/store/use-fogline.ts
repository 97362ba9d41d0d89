// The page's one store, for React. Components select what they draw; selectors must not create new objects, which would redraw
// the component at every change.

import { useStore } from 'zustand';
import { createSimClient } from '../worker/client/sim-client.ts';
import { createFoglineStore, type FoglineState } from './store.ts';

const startWorker = () =>
  new Worker(new URL('../worker/sim/sim.worker.ts', import.meta.url), { type: 'module', name: 'fogline' });

export const foglineStore = createFoglineStore((onEvent) => createSimClient(startWorker, onEvent));

export const useFogline = <Slice>(selector: (state: FoglineState) => Slice): Slice => useStore(foglineStore, selector);

/** Resolves when the first run can start, or has failed to: parts of the page that it does not need are loaded after that. */
export const firstRunReady = (): Promise<void> =>
  new Promise((resolve) => {
    const isReady = ({ phase, recovery }: FoglineState) => phase !== 'loading' || recovery !== null;
    if (isReady(foglineStore.getState())) {
      resolve();
      return;
    }
    const unsubscribe = foglineStore.subscribe((state) => {
      if (!isReady(state)) return;
      unsubscribe();
      resolve();
    });
  });
