// What the page and the lab's worker say to each other: a second worker beside the simulation's, in which the same engine
// replays a round for the packet inspector, or measures the efficiency table. It does one task and is then let go; stopping it
// is terminating it.

import type { Edit } from '../sim/experiment/edits.ts';
import type { Experiment } from '../sim/experiment/experiment.ts';
import type { Measurement } from '../sim/lab/efficiency.ts';
import type { AliveEvent, BackendId, FailureKind, Found, MessageQuery } from './protocol.ts';

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
