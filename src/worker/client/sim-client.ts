// The page's end of the line to the simulation worker. It numbers the runs, so that what an old run still sends after a reset
// is dropped here, and it remembers what the present run was opened with and how far it has come: when the worker is lost, a
// new one opens the same run, computes the rounds that the page has once more, and goes on. Nobody above needs to know how.

import type { Change, Edit } from '../../sim/experiment/edits.ts';
import type { Experiment } from '../../sim/experiment/experiment.ts';
import type { RoundRecord } from '../../sim/record/record.ts';
import type { BackendId, Command, FailureKind, Found, MessageQuery, WorkerEvent } from '../protocol.ts';
import { type Loss, Supervisor, type WorkerLike } from './supervisor.ts';

export type { Loss, WorkerLike } from './supervisor.ts';

/** What the page hears: what the worker says of the run, and what became of the worker. */
export type ClientEvent =
  | Extract<WorkerEvent, { type: 'backend' | 'dealt' | 'catching up' | 'rounds' | 'stopped' }>
  | {
      readonly type: 'failed';
      readonly message: string;
      /** Something could not be fetched, and the run before is opened again, as it was. */
      readonly isBack: boolean;
    }
  /** The run waits for a new worker. */
  | {
      readonly type: 'lost';
      readonly loss: Loss;
      /** A backend that will not be used again. */
      readonly without: BackendId | null;
      /** No further worker is started before `play`, `revive` or `open`. */
      readonly isLast: boolean;
    }
  /** A new worker goes on after the rounds that the page has; `backend`: another one than before, or null. */
  | { readonly type: 'recovered'; readonly backend: BackendId | null };

export interface SimClient {
  open(experiment: Experiment, backend: BackendId | 'auto'): void;
  play(): void;
  pause(): void;
  step(): void;
  edit(changes: readonly Change[]): void;
  pace(milliseconds: number): void;
  /** Starts a worker again after the last loss; the run goes on as it was: playing or paused. */
  revive(): void;
  /** Has every backend timed that can run here. */
  timeBackends(): void;
  /** Looks at a message that the worker may still keep; null if the run has ended since. */
  inspect(query: MessageQuery): Promise<Found | null>;
}

interface Run {
  readonly number: number;
  readonly experiment: Experiment;
  readonly backend: BackendId | 'auto';
  /** Changes that records hold, by their rounds. */
  readonly edits: Edit[];
  /** Changes that no record holds yet. */
  readonly pending: Change[];
  /** Rounds whose records the page has. */
  done: number;
  mode: 'paused' | 'running' | 'stepping';
  isOpen: boolean;
}

/** Failures at the same round, one after another, that are put down to the backend. */
const BLAMED_AFTER = 2;

export function connect(startWorker: () => WorkerLike, receive: (event: ClientEvent) => void): SimClient {
  let run: Run | null = null;
  /** The run before, until the present one is open. */
  let previous: Run | null = null;
  let runs = 0;
  let pace = 0;
  let backend: BackendId | null = null;
  const lostBackends = new Set<BackendId>();
  /** While a new worker is to take over: what the lost one trained on. */
  let recovery: { readonly from: BackendId | null } | null = null;
  let failures = { round: -1, count: 0 };
  let without: BackendId | null = null;
  let requests = 0;
  const asked = new Map<number, (found: Found | null) => void>();

  const answerAll = (found: Found | null) => {
    for (const resolve of asked.values()) resolve(found);
    asked.clear();
  };
  const supervisor = new Supervisor<Command, WorkerEvent>({
    startWorker,
    onEvent: hear,
    onStart: () => {
      send({ type: 'pace', milliseconds: pace });
      if (run) sendOpen(run);
    },
    onLoss: (loss, isLast) => {
      // The lab replays what a lost worker can no longer answer.
      answerAll({ count: null, report: null });
      recovery ??= { from: backend };
      receive({ type: 'lost', loss, without, isLast });
      without = null;
    },
  });
  const send = (command: Command) => supervisor.send(command);

  function sendOpen({ number, experiment, backend: wanted, edits, pending, done, mode }: Run): void {
    send({ type: 'open', run: number, experiment, edits, done, backend: wanted, lost: [...lostBackends] });
    if (pending.length > 0) send({ type: 'edit', run: number, changes: pending });
    if (mode === 'running') send({ type: 'play', run: number });
    if (mode === 'stepping') send({ type: 'step', run: number });
  }

  function begin(next: Run): void {
    answerAll(null);
    run = next;
    recovery = null;
    if (supervisor.isWatching) sendOpen(run);
    else supervisor.start();
  }

  /** Something that the run needs could not be fetched: the run before goes on, if there is one. */
  function goBack(message: string): void {
    if (!previous) {
      supervisor.lose({ kind: 'not loaded', message });
      return;
    }
    const mode = previous.mode === 'running' ? 'running' : 'paused';
    begin({ ...previous, number: ++runs, mode, isOpen: false });
    previous = null;
    receive({ type: 'failed', message, isBack: true });
  }

  function fail(kind: FailureKind, message: string): void {
    if (kind === 'impossible') {
      answerAll(null);
      receive({ type: 'failed', message, isBack: false });
    } else if (kind === 'not loaded' && !recovery && !run?.isOpen) {
      goBack(message);
    } else {
      // The same round failed again: another backend may do it.
      const round = run?.done ?? 0;
      failures = { round, count: failures.round === round ? failures.count + 1 : 1 };
      const isToBlame = kind === 'backend lost' || (kind === 'error' && failures.count >= BLAMED_AFTER);
      if (isToBlame && backend !== null && backend !== 'cpu') {
        lostBackends.add(backend);
        without = backend;
        failures.count = 0;
      }
      supervisor.lose({ kind: kind === 'not loaded' ? kind : 'crashed', message });
    }
  }

  function note(record: RoundRecord, present: Run): void {
    present.done = record.round;
    const replayed = present.edits.find(({ round }) => round === record.round)?.changes.length ?? 0;
    present.pending.splice(0, record.changes.length - replayed);
    if (record.changes.length > 0 && replayed === 0) {
      present.edits.push({ round: record.round, changes: record.changes });
    }
  }

  function open(present: Run): void {
    present.isOpen = true;
    previous = null;
    if (!recovery) return;
    const changed = backend !== recovery.from ? backend : null;
    recovery = null;
    receive({ type: 'recovered', backend: changed });
  }

  function hear(event: WorkerEvent): void {
    if (!run || ('run' in event && event.run !== run.number)) return;
    switch (event.type) {
      case 'alive':
        break;
      case 'inspected':
        asked.get(event.request)?.(event.found);
        asked.delete(event.request);
        break;
      case 'failed':
        fail(event.kind, event.message);
        break;
      case 'opened':
        open(run);
        break;
      case 'rounds': {
        const { done } = run;
        const records = event.records.filter(({ round }) => round > done);
        for (const record of records) note(record, run);
        supervisor.succeed();
        receive({ ...event, records });
        break;
      }
      case 'stopped':
        run.mode = event.finished || run.mode === 'stepping' ? 'paused' : run.mode;
        receive(event);
        break;
      case 'backend':
        backend = event.chosen ?? backend;
        receive(event);
        break;
      default:
        receive(event);
    }
  }

  const set = (mode: Run['mode'], type: 'play' | 'pause' | 'step') => {
    if (!run) return;
    run.mode = mode;
    if (supervisor.isWatching) send({ type, run: run.number });
    else if (mode !== 'paused') supervisor.start();
  };
  return {
    open: (experiment, wanted) => {
      if (run?.isOpen) previous = run;
      if (wanted !== 'auto') lostBackends.delete(wanted);
      begin({
        number: ++runs,
        experiment,
        backend: wanted,
        edits: [],
        pending: [],
        done: 0,
        mode: 'paused',
        isOpen: false,
      });
    },
    play: () => set('running', 'play'),
    pause: () => set('paused', 'pause'),
    step: () => set('stepping', 'step'),
    edit: (changes) => {
      if (!run) return;
      run.pending.push(...changes);
      send({ type: 'edit', run: run.number, changes });
    },
    pace: (milliseconds) => {
      pace = milliseconds;
      send({ type: 'pace', milliseconds });
    },
    revive: () => {
      if (!supervisor.isWatching) supervisor.start();
    },
    timeBackends: () => send({ type: 'time backends' }),
    inspect: (query) =>
      new Promise((resolve) => {
        if (!run || recovery) {
          resolve({ count: null, report: null });
          return;
        }
        asked.set(++requests, resolve);
        send({ type: 'inspect', run: run.number, request: requests, query });
      }),
  };
}
