// The page's side of the simulation worker. It numbers the runs, so that events that an earlier run still sends after a reset are
// dropped here, and it records how the present run was opened and how many rounds it has completed: when the worker fails, a new
// one opens the same run, computes the completed rounds again, and continues. The store needs to know nothing of that.

import type { Change, Edit } from '../../sim/experiment/edits.ts';
import type { Experiment } from '../../sim/experiment/experiment.ts';
import type { RoundRecord } from '../../sim/record/record.ts';
import type { BackendId, FailureKind, MessageQuery, MessageQueryResult, SimCommand, SimEvent } from '../protocol.ts';
import { Supervisor, type WorkerFailure, type WorkerLike } from './supervisor.ts';

export type { WorkerFailure, WorkerLike } from './supervisor.ts';

/** What the store is notified of: the worker's events of the run, and failures of the worker itself. */
export type ClientEvent =
  | Extract<SimEvent, { type: 'backend' | 'partitioned' | 'replay progress' | 'rounds' | 'stopped' }>
  | {
      readonly type: 'failed';
      readonly message: string;
      /** A file could not be fetched, and the previous run is opened again, as it was. */
      readonly restoresPrevious: boolean;
    }
  /** The run waits for a new worker. */
  | {
      readonly type: 'worker failed';
      readonly failure: WorkerFailure;
      /** A backend that is not used again, or null. */
      readonly excludedBackend: BackendId | null;
      /** No further worker is started before `play`, `retry` or `open`. */
      readonly isFinal: boolean;
    }
  /** A new worker continues after the completed rounds; `backend`: its backend if that is another one than before, or null. */
  | { readonly type: 'recovered'; readonly backend: BackendId | null };

export interface SimClient {
  open(experiment: Experiment, backend: BackendId | 'auto'): void;
  play(): void;
  pause(): void;
  step(): void;
  edit(changes: readonly Change[]): void;
  /** Sets the minimum wall time of a round, in milliseconds. */
  setPace(milliseconds: number): void;
  /** Starts a worker after the final failure; the run continues as it was: playing or paused. */
  retry(): void;
  /** Has every backend timed that can run here. */
  timeBackends(): void;
  /** Looks up a message in the worker's cache; null if the run has ended since. */
  inspect(query: MessageQuery): Promise<MessageQueryResult | null>;
}

interface Run {
  readonly number: number;
  readonly experiment: Experiment;
  readonly backend: BackendId | 'auto';
  /** Changes that records contain, by their rounds. */
  readonly edits: Edit[];
  /** Changes that no record contains yet. */
  readonly pendingChanges: Change[];
  /** Rounds whose records the page has. */
  completedRounds: number;
  mode: 'paused' | 'running' | 'stepping';
  isOpen: boolean;
}

/** After so many failures in a row at the same round another backend is used. */
const FAILURES_BEFORE_FALLBACK = 2;

const NOT_CACHED: MessageQueryResult = { count: null, report: null };

export function createSimClient(startWorker: () => WorkerLike, onEvent: (event: ClientEvent) => void): SimClient {
  let run: Run | null = null;
  /** The run before the present one, until that is open. */
  let previousRun: Run | null = null;
  let runs = 0;
  let pace = 0;
  let backend: BackendId | null = null;
  const lostBackends = new Set<BackendId>();
  /** Set while a new worker replaces a failed one: the backend that the failed one used. */
  let recovery: { readonly from: BackendId | null } | null = null;
  let failures = { round: -1, count: 0 };
  let excludedBackend: BackendId | null = null;
  let requests = 0;
  const pendingQueries = new Map<number, (result: MessageQueryResult | null) => void>();

  const resolvePendingQueries = (result: MessageQueryResult | null) => {
    for (const resolve of pendingQueries.values()) resolve(result);
    pendingQueries.clear();
  };
  const supervisor = new Supervisor<SimCommand, SimEvent>({
    startWorker,
    onEvent: onSimEvent,
    onStart: () => {
      send({ type: 'pace', milliseconds: pace });
      if (run) sendRun(run);
    },
    onFailure: (failure, isFinal) => {
      // The lab replays what a failed worker can no longer answer.
      resolvePendingQueries(NOT_CACHED);
      recovery ??= { from: backend };
      onEvent({ type: 'worker failed', failure, excludedBackend, isFinal });
      excludedBackend = null;
    },
  });
  const send = (command: SimCommand) => supervisor.send(command);

  function sendRun({ number, experiment, backend: wanted, edits, pendingChanges, completedRounds, mode }: Run): void {
    const options = { experiment, edits, completedRounds, backend: wanted, lostBackends: [...lostBackends] };
    send({ type: 'open', run: number, ...options });
    if (pendingChanges.length > 0) send({ type: 'edit', run: number, changes: pendingChanges });
    if (mode === 'running') send({ type: 'play', run: number });
    if (mode === 'stepping') send({ type: 'step', run: number });
  }

  function openRun(next: Run): void {
    resolvePendingQueries(null);
    run = next;
    recovery = null;
    if (supervisor.isActive) sendRun(run);
    else supervisor.start();
  }

  /** A file that the run needs could not be fetched: the previous run continues, if there is one. */
  function restorePrevious(message: string): void {
    if (!previousRun) {
      supervisor.fail({ kind: 'load failed', message });
      return;
    }
    const mode = previousRun.mode === 'running' ? 'running' : 'paused';
    openRun({ ...previousRun, number: ++runs, mode, isOpen: false });
    previousRun = null;
    onEvent({ type: 'failed', message, restoresPrevious: true });
  }

  function onRunFailed(kind: FailureKind, message: string): void {
    if (kind === 'invalid experiment') {
      resolvePendingQueries(null);
      onEvent({ type: 'failed', message, restoresPrevious: false });
    } else if (kind === 'load failed' && !recovery && !run?.isOpen) {
      restorePrevious(message);
    } else {
      const round = run?.completedRounds ?? 0;
      failures = { round, count: failures.round === round ? failures.count + 1 : 1 };
      const isBackendFault =
        kind === 'backend lost' || (kind === 'error' && failures.count >= FAILURES_BEFORE_FALLBACK);
      if (isBackendFault && backend !== null && backend !== 'cpu') {
        lostBackends.add(backend);
        excludedBackend = backend;
        failures.count = 0;
      }
      supervisor.fail({ kind: kind === 'load failed' ? kind : 'crashed', message });
    }
  }

  function addRecord(record: RoundRecord, present: Run): void {
    present.completedRounds = record.round;
    const replayed = present.edits.find(({ round }) => round === record.round)?.changes.length ?? 0;
    present.pendingChanges.splice(0, record.changes.length - replayed);
    if (record.changes.length > 0 && replayed === 0) {
      present.edits.push({ round: record.round, changes: record.changes });
    }
  }

  function onOpened(present: Run): void {
    present.isOpen = true;
    previousRun = null;
    if (!recovery) return;
    const changed = backend !== recovery.from ? backend : null;
    recovery = null;
    onEvent({ type: 'recovered', backend: changed });
  }

  function onSimEvent(event: SimEvent): void {
    if (!run || ('run' in event && event.run !== run.number)) return;
    switch (event.type) {
      case 'heartbeat':
        break;
      case 'inspected':
        pendingQueries.get(event.request)?.(event.result);
        pendingQueries.delete(event.request);
        break;
      case 'failed':
        onRunFailed(event.kind, event.message);
        break;
      case 'opened':
        onOpened(run);
        break;
      case 'rounds': {
        const { completedRounds } = run;
        const records = event.records.filter(({ round }) => round > completedRounds);
        for (const record of records) addRecord(record, run);
        supervisor.resetRestarts();
        onEvent({ ...event, records });
        break;
      }
      case 'stopped':
        run.mode = event.finished || run.mode === 'stepping' ? 'paused' : run.mode;
        onEvent(event);
        break;
      case 'backend':
        backend = event.chosen ?? backend;
        onEvent(event);
        break;
      default:
        onEvent(event);
    }
  }

  const setMode = (mode: Run['mode'], type: 'play' | 'pause' | 'step') => {
    if (!run) return;
    run.mode = mode;
    if (supervisor.isActive) send({ type, run: run.number });
    else if (mode !== 'paused') supervisor.start();
  };
  return {
    open: (experiment, wanted) => {
      if (run?.isOpen) previousRun = run;
      if (wanted !== 'auto') lostBackends.delete(wanted);
      openRun({
        number: ++runs,
        experiment,
        backend: wanted,
        edits: [],
        pendingChanges: [],
        completedRounds: 0,
        mode: 'paused',
        isOpen: false,
      });
    },
    play: () => setMode('running', 'play'),
    pause: () => setMode('paused', 'pause'),
    step: () => setMode('stepping', 'step'),
    edit: (changes) => {
      if (!run) return;
      run.pendingChanges.push(...changes);
      send({ type: 'edit', run: run.number, changes });
    },
    setPace: (milliseconds) => {
      pace = milliseconds;
      send({ type: 'pace', milliseconds });
    },
    retry: () => {
      if (!supervisor.isActive) supervisor.start();
    },
    timeBackends: () => send({ type: 'time backends' }),
    inspect: (query) =>
      new Promise((resolve) => {
        if (!run || recovery) {
          resolve(NOT_CACHED);
          return;
        }
        pendingQueries.set(++requests, resolve);
        send({ type: 'inspect', run: run.number, request: requests, query });
      }),
  };
}
