// The lab's state, without React: the packet that is looked into, and the efficiency table. A packet of a round that the run's
// worker no longer keeps is replayed in a second worker; the table is measured there too.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Edit } from '../sim/experiment/edits.ts';
import type { Experiment } from '../sim/experiment/experiment.ts';
import type { Measurement } from '../sim/lab/efficiency.ts';
import { startTask, type TaskEvent, type WorkerLike } from '../worker/client/lab-client.ts';
import type { BackendId, Found, MessageQuery } from '../worker/protocol.ts';
import { whatHappened } from './worker-failure-messages.ts';

export type { Found, MessageQuery } from '../worker/protocol.ts';

/** What the lab asks of the present run. */
export interface LabRun {
  /** As it was when the run began, and the live changes since. */
  readonly opened: Experiment;
  readonly edits: () => readonly Edit[];
  /** As it is set now. */
  readonly experiment: Experiment;
  readonly backend: BackendId;
  readonly inspect: (query: MessageQuery) => Promise<Found | null>;
}

export interface Packet {
  readonly query: MessageQuery;
  readonly status: 'asking' | 'replaying' | 'shown' | 'failed';
  /** Rounds replayed so far. */
  readonly replayed: number;
  /** What the last answered query found; it stays while the next one is on its way. */
  readonly found: Found | null;
  readonly failure: string;
  /** What happened to the worker while it is started again; '' else. */
  readonly interruption: string;
}

export interface Progress {
  /** From 1. */
  readonly run: number;
  readonly runs: number;
  readonly round: number;
  readonly label: string;
}

export interface Table {
  readonly status: 'running' | 'done' | 'cancelled' | 'failed';
  /** The experiment that is measured, as it was set. */
  readonly experiment: Experiment;
  readonly rounds: number;
  /** Seeds that each pipeline is measured with. */
  readonly seeds: number;
  /** A run each: a pipeline with a seed. */
  readonly rows: readonly Measurement[];
  readonly progress: Progress | null;
  readonly failure: string;
  /** As a packet's. */
  readonly interruption: string;
}

export interface LabState {
  readonly packet: Packet | null;
  readonly table: Table | null;
  /** Looks into a message of the present run. */
  inspect(query: MessageQuery): Promise<void>;
  /** Stops looking: a replay under way ends. */
  leave(): void;
  /** Measures every pipeline over so many rounds, with so many seeds: the experiment's and those after it. */
  measure(rounds: number, seeds: number): void;
  /** Stops measuring; the rows that are there stay. */
  cancel(): void;
}

const GIVEN_UP = 'Starting it again has failed several times; it can be asked for again.';

export type LabStore = StoreApi<LabState>;

export function createLabStore(runOf: () => LabRun, startWorker: () => WorkerLike): LabStore {
  return createStore<LabState>((set, get) => {
    let asked = 0;
    let endReplay: (() => void) | null = null;
    let endTable: (() => void) | null = null;

    const update = (changes: Partial<Packet>) =>
      set(({ packet }) => (packet ? { packet: { ...packet, ...changes } } : {}));
    const updateTable = (change: (table: Table) => Partial<Table>) =>
      set(({ table }) => (table ? { table: { ...table, ...change(table) } } : {}));

    const stopReplay = () => {
      endReplay?.();
      endReplay = null;
    };

    const replay = (query: MessageQuery) => {
      const { opened, edits, backend } = runOf();
      const command = { type: 'replay', experiment: opened, edits: edits(), backend, query } as const;
      update({ status: 'replaying', replayed: 0 });
      endReplay = startTask(startWorker, command, (event) => {
        if (event.type === 'progress') update({ replayed: event.round, interruption: '' });
        else if (event.type === 'replayed') update({ status: 'shown', found: event.found, interruption: '' });
        else if (event.type === 'failed') update({ status: 'failed', failure: event.message });
        else if (event.type === 'lost') {
          const what = whatHappened(event.loss, 'The lab');
          if (event.isLast) update({ status: 'failed', failure: `${what} ${GIVEN_UP}` });
          else update({ replayed: 0, interruption: `${what} It is started again.` });
        }
      });
    };

    const hearOfTable = (event: TaskEvent) => {
      if (event.type === 'progress') {
        const { run, runs, round, label } = event;
        updateTable(() => ({ progress: { run, runs, round, label }, interruption: '' }));
      } else if (event.type === 'measured') updateTable(({ rows }) => ({ rows: [...rows, event.row] }));
      else if (event.type === 'done') updateTable(() => ({ status: 'done', progress: null }));
      else if (event.type === 'failed')
        updateTable(() => ({ status: 'failed', progress: null, failure: event.message }));
      else if (event.type === 'lost') {
        const what = whatHappened(event.loss, 'The lab');
        if (event.isLast)
          updateTable(() => ({
            status: 'failed',
            progress: null,
            failure: `${what} ${GIVEN_UP} What was measured stays.`,
          }));
        else updateTable(() => ({ interruption: `${what} It is started again; what was measured stays.` }));
      }
    };

    return {
      packet: null,
      table: null,

      inspect: async (query) => {
        stopReplay();
        const own = ++asked;
        set(({ packet }) => ({
          packet: { query, status: 'asking', replayed: 0, found: packet?.found ?? null, failure: '', interruption: '' },
        }));
        const found = await runOf().inspect(query);
        // Another question was asked since, or the run has ended: this answer is to nothing.
        if (own !== asked || found === null) return;
        if (found.count === null) replay(query);
        else update({ status: 'shown', found });
      },
      leave: () => {
        asked++;
        stopReplay();
        set({ packet: null });
      },
      measure: (rounds, seeds) => {
        get().cancel();
        const { experiment, backend } = runOf();
        set({
          table: {
            status: 'running',
            experiment,
            rounds,
            seeds,
            rows: [],
            progress: null,
            failure: '',
            interruption: '',
          },
        });
        const command = { type: 'measure', experiment, backend, rounds, seeds, measured: [] } as const;
        endTable = startTask(startWorker, command, hearOfTable);
      },
      cancel: () => {
        endTable?.();
        endTable = null;
        updateTable(({ status }) =>
          status === 'running' ? { status: 'cancelled', progress: null, interruption: '' } : {},
        );
      },
    };
  });
}
