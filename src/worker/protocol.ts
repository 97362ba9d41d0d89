// The messages between the page and its two workers. Commands go in, events come out; weights and tensors stay in the worker.
// The simulation worker runs the experiment: each of its events carries the run's number, so that the events of an earlier run
// are dropped. The lab worker runs the same engine beside it for one task (a replayed round for the packet inspector, or the
// efficiency table) and is then terminated, which is also how a task is cancelled.

import type { DataDistribution } from '../sim/data/data-distribution.ts';
import type { Direction } from '../sim/engine/messages/message-observer.ts';
import type { Change, Edit } from '../sim/experiment/edits.ts';
import type { Experiment } from '../sim/experiment/experiment.ts';
import type { Measurement } from '../sim/lab/efficiency/efficiency.ts';
import type { PacketReport } from '../sim/lab/packet/packet-report.ts';
import type { RoundRecord } from '../sim/record/record.ts';

export type BackendId = 'wasm' | 'webgl' | 'cpu';

/** Backends' names in sentences and tables. */
export const backendDisplayNames: Readonly<Record<BackendId, string>> = {
  wasm: 'WebAssembly',
  webgl: 'WebGL',
  cpu: 'plain JavaScript',
};

export interface BackendTiming {
  readonly backend: BackendId;
  /** Milliseconds of one small cohort; left out if it was not timed. */
  readonly milliseconds?: number;
  /** Why it was not timed. */
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

export interface MessageQueryResult {
  /** Messages that crossed the link in the round; null if the round is not in the cache. */
  readonly count: number | null;
  /** Of the message with the wanted index; null if there is none. */
  readonly report: PacketReport | null;
}

/** Asks for a heartbeat. */
export interface PingCommand {
  readonly type: 'ping';
}

/** The answer to a ping; also sent unasked between the slices of long work. */
export interface HeartbeatEvent {
  readonly type: 'heartbeat';
  /** Milliseconds within which the next heartbeat comes, where that may be longer than usual. */
  readonly timeout?: number;
}

/** Why a run cannot continue. */
export type FailureKind =
  /** A file that the experiment needs could not be fetched; the previous run can continue. */
  | 'load failed'
  /** The backend's results can no longer be trusted; another backend can compute the round. */
  | 'backend lost'
  /** Any other exception of the computation. */
  | 'error'
  /** The experiment cannot be run, here or in another worker. */
  | 'invalid experiment';

export type SimCommand =
  /**
   * Opens a run, paused. `edits` replays recorded live changes; the first `completedRounds` are computed again without posting
   * their records, because the page has them.
   */
  | {
      readonly type: 'open';
      readonly run: number;
      readonly experiment: Experiment;
      readonly edits: readonly Edit[];
      readonly completedRounds: number;
      readonly backend: BackendId | 'auto';
      /** Backends that failed in this visit and are not used again. */
      readonly lostBackends: readonly BackendId[];
    }
  /** Times every backend that can run here; answered by an event of type 'backend'. */
  | { readonly type: 'time backends' }
  | PingCommand
  | { readonly type: 'play'; readonly run: number }
  | { readonly type: 'pause'; readonly run: number }
  /** Runs one round, then pauses. */
  | { readonly type: 'step'; readonly run: number }
  /** Changes that apply from the next round's start. */
  | { readonly type: 'edit'; readonly run: number; readonly changes: readonly Change[] }
  /** Asks for a message of a cached round; the answer carries the request's number. */
  | { readonly type: 'inspect'; readonly run: number; readonly request: number; readonly query: MessageQuery }
  /** Minimum wall time of a round, in milliseconds; 0 is as fast as the machine can. */
  | { readonly type: 'pace'; readonly milliseconds: number };

export type SimEvent =
  | HeartbeatEvent
  | {
      readonly type: 'backend';
      /** The backend that the run trains on; null if backends were only timed. */
      readonly chosen: BackendId | null;
      readonly timings: readonly BackendTiming[];
      /** Why it is not the wanted one, or not the usual one. */
      readonly fallback?: string;
    }
  /** How many of the rounds that the page has were computed again. */
  | { readonly type: 'replay progress'; readonly run: number; readonly round: number; readonly rounds: number }
  /** The run is open and continues after the rounds that the page has. */
  | { readonly type: 'opened'; readonly run: number }
  /** Which device holds how many samples of which class. */
  | { readonly type: 'partitioned'; readonly run: number; readonly partition: DataDistribution }
  | {
      readonly type: 'rounds';
      readonly run: number;
      readonly records: readonly RoundRecord[];
      readonly wallMilliseconds: number;
    }
  | { readonly type: 'inspected'; readonly run: number; readonly request: number; readonly result: MessageQueryResult }
  /** The run has paused, on command or after a step, or has completed its last round. */
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
      /** Measurements of a worker that failed: only the others are wanted. */
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
  | { readonly type: 'replayed'; readonly result: MessageQueryResult }
  | { readonly type: 'measured'; readonly row: Measurement }
  | { readonly type: 'done' }
  | { readonly type: 'failed'; readonly kind: FailureKind; readonly message: string }
  | HeartbeatEvent;
