// The page's one store, for React. Components select what they draw; a selector makes no new objects.

import { useStore } from 'zustand';
import { connect } from '../worker/sim-client.ts';
import { createFoglineStore, type FoglineState } from './store.ts';

const startWorker = () =>
  new Worker(new URL('../worker/sim.worker.ts', import.meta.url), { type: 'module', name: 'fogline' });

export const foglineStore = createFoglineStore((receive) => connect(startWorker, receive));

export const useFogline = <Slice>(selector: (state: FoglineState) => Slice): Slice => useStore(foglineStore, selector);
