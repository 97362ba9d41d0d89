// The lab's state, without React: the inspected packet, and the efficiency table. A packet of a round that is no longer in the
// run's message cache is replayed in a second worker; the table is measured there too.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Edit } from '../sim/experiment/edits.ts';
import type { Experiment } from '../sim/experiment/experiment.ts';
import type { Measurement } from '../sim/lab/efficiency/efficiency.ts';
import { startTask, type TaskEvent, type WorkerLike } from '../worker/client/lab-client.ts';
import type { BackendId, MessageQuery, MessageQueryResult } from '../worker/protocol.ts';
import { describeFailure } from './worker-failure-messages.ts';

export type { MessageQuery, MessageQueryResult } from '../worker/protocol.ts';

/** What the lab needs of the present run. */
export interface LabRun {
  /** As it was when the run started. */
  readonly initialExperiment: Experiment;
  /** The live changes since. */
  readonly edits: () => readonly Edit[];
  /** As it is set now. */
  readonly experiment: Experiment;
  readonly backend: BackendId;
  readonly inspect: (query: MessageQuery) => Promise<MessageQueryResult | null>;
}

export interface PacketState {
  readonly query: MessageQuery;
  readonly status: 'querying' | 'replaying' | 'shown' | 'failed';
  /** Rounds replayed so far. */
  readonly replayed: number;
  /** Of the last answered query; it stays until the next one is answered. */
  readonly result: MessageQueryResult | null;
  readonly failure: string;
  /** Why the worker is being restarted; '' if it is not. */
  readonly interruption: string;
}

export interface Progress {
  /** From 1. */
  readonly run: number;
  readonly runs: number;
  readonly round: number;
  readonly label: string;
}

export interface TableState {
  readonly status: 'running' | 'done' | 'cancelled' | 'failed';
  /** The experiment that is measured. */
  readonly experiment: Experiment;
  readonly rounds: number;
  /** Seeds that each pipeline is measured with. */
  readonly seeds: number;
  /** One of each run: a pipeline with a seed. */
  readonly rows: readonly Measurement[];
  readonly progress: Progress | null;
  readonly failure: string;
  /** Why the worker is being restarted; '' if it is not. */
  readonly interruption: string;
}

export interface LabState {
  readonly packet: PacketState | null;
  readonly table: TableState | null;
  /** Shows a message of the present run. */
  inspect(query: MessageQuery): Promise<void>;
  /** Closes the packet, and ends a replay in progress. */
  closePacket(): void;
  /** Measures every pipeline over so many rounds, with so many seeds: the experiment's and those after it. */
  measureTable(rounds: number, seeds: number): void;
  /** Stops measuring; the rows measured so far stay. */
  cancelTable(): void;
}

const RESTARTS_FAILED = 'Starting it again has failed several times; it can be asked for again.';

export type LabStore = StoreApi<LabState>;

export function createLabStore(currentRun: () => LabRun, startWorker: () => WorkerLike): LabStore {
  return createStore<LabState>((set, get) => {
    /** Number of the latest query. */
    let latestQuery = 0;
    let cancelReplay: (() => void) | null = null;
    let cancelMeasurement: (() => void) | null = null;

    const updatePacket = (changes: Partial<PacketState>) =>
      set(({ packet }) => (packet ? { packet: { ...packet, ...changes } } : {}));
    const updateTable = (change: (table: TableState) => Partial<TableState>) =>
      set(({ table }) => (table ? { table: { ...table, ...change(table) } } : {}));

    const stopReplay = () => {
      cancelReplay?.();
      cancelReplay = null;
    };

    const replay = (query: MessageQuery) => {
      const { initialExperiment, edits, backend } = currentRun();
      const command = { type: 'replay', experiment: initialExperiment, edits: edits(), backend, query } as const;
      updatePacket({ status: 'replaying', replayed: 0 });
      cancelReplay = startTask(startWorker, command, (event) => {
        if (event.type === 'progress') updatePacket({ replayed: event.round, interruption: '' });
        else if (event.type === 'replayed') updatePacket({ status: 'shown', result: event.result, interruption: '' });
        else if (event.type === 'failed') updatePacket({ status: 'failed', failure: event.message });
        else if (event.type === 'worker failed') {
          const what = describeFailure(event.failure, 'The lab');
          if (event.isFinal) updatePacket({ status: 'failed', failure: `${what} ${RESTARTS_FAILED}` });
          else updatePacket({ replayed: 0, interruption: `${what} It is started again.` });
        }
      });
    };

    const onTableEvent = (event: TaskEvent) => {
      if (event.type === 'progress') {
        const { run, runs, round, label } = event;
        updateTable(() => ({ progress: { run, runs, round, label }, interruption: '' }));
      } else if (event.type === 'measured') updateTable(({ rows }) => ({ rows: [...rows, event.row] }));
      else if (event.type === 'done') updateTable(() => ({ status: 'done', progress: null }));
      else if (event.type === 'failed')
        updateTable(() => ({ status: 'failed', progress: null, failure: event.message }));
      else if (event.type === 'worker failed') {
        const what = describeFailure(event.failure, 'The lab');
        if (event.isFinal)
          updateTable(() => ({
            status: 'failed',
            progress: null,
            failure: `${what} ${RESTARTS_FAILED} What was measured stays.`,
          }));
        else updateTable(() => ({ interruption: `${what} It is started again; what was measured stays.` }));
      }
    };

    return {
      packet: null,
      table: null,

      inspect: async (query) => {
        stopReplay();
        const ownQuery = ++latestQuery;
        set(({ packet }) => ({
          packet: {
            query,
            status: 'querying',
            replayed: 0,
            result: packet?.result ?? null,
            failure: '',
            interruption: '',
          },
        }));
        const result = await currentRun().inspect(query);
        // Another query was made since, or the run has ended.
        if (ownQuery !== latestQuery || result === null) return;
        if (result.count === null) replay(query);
        else updatePacket({ status: 'shown', result });
      },
      closePacket: () => {
        latestQuery++;
        stopReplay();
        set({ packet: null });
      },
      measureTable: (rounds, seeds) => {
        get().cancelTable();
        const { experiment, backend } = currentRun();
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
        cancelMeasurement = startTask(startWorker, command, onTableEvent);
      },
      cancelTable: () => {
        cancelMeasurement?.();
        cancelMeasurement = null;
        updateTable(({ status }) =>
          status === 'running' ? { status: 'cancelled', progress: null, interruption: '' } : {},
        );
      },
    };
  });
}
