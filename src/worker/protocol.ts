// The messages between the page and its two workers. Commands go in, events come out; weights and tensors stay in the worker.
// The simulation worker runs the experiment: each of its events carries the run's number, so that the events of an earlier run
// are dropped. The lab worker runs the same engine beside it for one task (a replayed round for the packet inspector, or the
// efficiency table) and is then terminated, which is also how a task is cancelled.

import type { DealtData } from '../sim/data/dealt.ts';
import type { Direction } from '../sim/engine/watch.ts';
import type { Change, Edit } from '../sim/experiment/edits.ts';
import type { Experiment } from '../sim/experiment/experiment.ts';
import type { Measurement } from '../sim/lab/efficiency.ts';
import type { PacketReport } from '../sim/lab/packet-report.ts';
import type { RoundRecord } from '../sim/record/record.ts';

export type BackendId = 'wasm' | 'webgl' | 'cpu';

/** What a backend is called in sentences and tables. */
export const backendTitles: Readonly<Record<BackendId, string>> = {
  wasm: 'WebAssembly',
  webgl: 'WebGL',
  cpu: 'plain JavaScript',
};

export interface BackendTiming {
  readonly backend: BackendId;
  /** Milliseconds of one small cohort, or why it was not timed. */
  readonly milliseconds?: number;
  readonly reason?: string;
}

/** One message: several may cross a link in a round. */
export interface MessageQuery {
  readonly round: number;
  /** Id of the node at the lower end of the link. */
  readonly node: string;
  readonly direction: Direction;
  /** Which of the link's messages in that round, from 0. */
  readonly index: number;
}

/** What there is to a query. */
export interface Found {
  /** Messages that crossed the link in the round; null if the round's messages are not kept. */
  readonly count: number | null;
  /** Of the message with the wanted index; null if there is none. */
  readonly report: PacketReport | null;
}

/** Asks for a sign of life. */
export interface PingCommand {
  readonly type: 'ping';
}

/** A sign of life: the answer to a ping, and said unasked between the slices of long work. */
export interface AliveEvent {
  readonly type: 'alive';
  /** Milliseconds that the work begun now may take without another sign. */
  readonly silentFor?: number;
}

/** Why a run cannot go on. */
export type FailureKind =
  /** What the experiment needs could not be fetched; the run before can go on. */
  | 'not loaded'
  /** What the backend computes can no longer be trusted; another one can do the round. */
  | 'backend lost'
  /** Anything else that the computation threw. */
  | 'error'
  /** The experiment cannot be run, here or in another worker. */
  | 'impossible';

export type Command =
  /**
   * Begins a run, paused. `edits` replays recorded live changes; the first `done` rounds are computed again without their
   * records: the page has them.
   */
  | {
      readonly type: 'open';
      readonly run: number;
      readonly experiment: Experiment;
      readonly edits: readonly Edit[];
      readonly done: number;
      readonly backend: BackendId | 'auto';
      /** Backends that have been lost: another one is taken. */
      readonly lost: readonly BackendId[];
    }
  /** Times every backend that can run here; answered by an event of type 'backend'. */
  | { readonly type: 'time backends' }
  | PingCommand
  | { readonly type: 'play'; readonly run: number }
  | { readonly type: 'pause'; readonly run: number }
  /** Runs one round, then pauses. */
  | { readonly type: 'step'; readonly run: number }
  /** Changes that take hold at the next round's start. */
  | { readonly type: 'edit'; readonly run: number; readonly changes: readonly Change[] }
  /** A look at a message of a round that the worker still keeps; its answer carries the request's number. */
  | { readonly type: 'inspect'; readonly run: number; readonly request: number; readonly query: MessageQuery }
  /** Least wall time of a round, in milliseconds; 0 is as fast as the machine can. */
  | { readonly type: 'pace'; readonly milliseconds: number };

export type WorkerEvent =
  | AliveEvent
  | {
      readonly type: 'backend';
      /** What the run is trained on; null: only timed. */
      readonly chosen: BackendId | null;
      readonly timings: readonly BackendTiming[];
      /** Why it is not the one that was wanted, or not the usual one. */
      readonly fallback?: string;
    }
  /** Rounds that were computed again, of those that the page has. */
  | { readonly type: 'catching up'; readonly run: number; readonly round: number; readonly of: number }
  /** The run is open and goes on after the rounds that the page has. */
  | { readonly type: 'opened'; readonly run: number }
  | { readonly type: 'dealt'; readonly run: number; readonly data: DealtData }
  | {
      readonly type: 'rounds';
      readonly run: number;
      readonly records: readonly RoundRecord[];
      readonly wallMilliseconds: number;
    }
  | { readonly type: 'inspected'; readonly run: number; readonly request: number; readonly found: Found }
  /** The run has paused, as it was told or after a step, or has done its last round. */
  | { readonly type: 'stopped'; readonly run: number; readonly finished: boolean }
  | { readonly type: 'failed'; readonly run: number; readonly kind: FailureKind; readonly message: string };

export type LabCommand =
  | {
      readonly type: 'replay';
      readonly experiment: Experiment;
      readonly edits: readonly Edit[];
      readonly backend: BackendId;
      readonly query: MessageQuery;
    }
  | {
      readonly type: 'measure';
      readonly experiment: Experiment;
      readonly backend: BackendId;
      /** Rounds of each run. */
      readonly rounds: number;
      /** Runs of each pipeline, with the experiment's seed and those after it. */
      readonly seeds: number;
      /** What a worker that was lost had measured: the rest is wanted. */
      readonly measured: readonly Measurement[];
    };

export type LabEvent =
  /** Round of the task's present run; runs are counted from 1. */
  | {
      readonly type: 'progress';
      readonly run: number;
      readonly runs: number;
      readonly round: number;
      readonly label: string;
    }
  | { readonly type: 'replayed'; readonly found: Found }
  | { readonly type: 'measured'; readonly row: Measurement }
  | { readonly type: 'done' }
  | { readonly type: 'failed'; readonly kind: FailureKind; readonly message: string }
  | AliveEvent;
