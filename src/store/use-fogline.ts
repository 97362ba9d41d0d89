// The page's one store, for React. Components select what they draw; a selector makes no new objects.

import { useStore } from 'zustand';
import { connect } from '../worker/client/sim-client.ts';
import { createFoglineStore, type FoglineState } from './store.ts';

const startWorker = () =>
  new Worker(new URL('../worker/sim/sim.worker.ts', import.meta.url), { type: 'module', name: 'fogline' });

export const foglineStore = createFoglineStore((receive) => connect(startWorker, receive));

export const useFogline = <Slice>(selector: (state: FoglineState) => Slice): Slice => useStore(foglineStore, selector);

/** Resolves when the first run can begin, or cannot: what is not needed for it is loaded after that. */
export const dataDealt = (): Promise<void> =>
  new Promise((resolve) => {
    const isOver = ({ phase, recovery }: FoglineState) => phase !== 'loading' || recovery !== null;
    if (isOver(foglineStore.getState())) {
      resolve();
      return;
    }
    const unsubscribe = foglineStore.subscribe((state) => {
      if (!isOver(state)) return;
      unsubscribe();
      resolve();
    });
  });
