// The lab's one store, for React, beside the present run.

import { useStore } from 'zustand';
import { editsOf } from '../sim/record/record.ts';
import { createLabStore, type LabState } from './lab-store.ts';
import { foglineStore } from './use-fogline.ts';

const startWorker = () =>
  new Worker(new URL('../worker/lab/lab.worker.ts', import.meta.url), { type: 'module', name: 'fogline-lab' });

export const labStore = createLabStore(() => {
  const { initialExperiment, experiment, history, backend, inspect } = foglineStore.getState();
  return { initialExperiment, edits: () => editsOf(history), experiment, backend: backend?.chosen ?? 'cpu', inspect };
}, startWorker);

export const useLab = <Slice>(selector: (state: LabState) => Slice): Slice => useStore(labStore, selector);
