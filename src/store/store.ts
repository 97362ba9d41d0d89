// The page's state, without React: the experiment as the visitor has set it, the run's records, and the selected nodes. Weights
// and tensors are in the worker; here are settings, records and choices of view.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { DataDistribution } from '../sim/data/data-distribution.ts';
import { applyChanges, areLive, type Change, changesBetween } from '../sim/experiment/edits.ts';
import { defaultExperiment, type Experiment, settings } from '../sim/experiment/experiment.ts';
import { ExperimentError } from '../sim/experiment/parse-experiment.ts';
import { buildTopology, type Topology } from '../sim/fleet/topology.ts';
import type { History } from '../sim/record/record.ts';
import { isLastRound, targetSentence } from '../sim/record/run-end.ts';
import type { ClientEvent, SimClient } from '../worker/client/sim-client.ts';
import type { BackendId, BackendTiming, MessageQuery, MessageQueryResult } from '../worker/protocol.ts';
import { type Selection, withoutRemovedNodes } from './node-selection.ts';
import { DEFAULT_PACE, paceMilliseconds } from './pace.ts';
import { failureMessage, recoveryMessage } from './worker-failure-messages.ts';

/** What the curves are drawn against. */
export type Axis = 'rounds' | 'seconds' | 'joules' | 'bytes';
/** 'pausing': the round in progress is completed first. 'failed': nothing continues without the visitor. */
export type Phase = 'loading' | 'paused' | 'running' | 'pausing' | 'stepping' | 'finished' | 'failed';

export { type BackendId, type BackendTiming, backendDisplayNames } from '../worker/protocol.ts';

export interface Notice {
  /** Increases with each notice, so that the same sentence twice makes two notices. */
  readonly id: number;
  readonly tone: 'info' | 'error';
  readonly text: string;
  /** What the visitor can do about it, as a button beside the sentence. */
  readonly action?: NoticeAction;
}

export interface NoticeAction {
  readonly label: string;
  readonly act: () => void;
}

/** The worker failed and is being replaced: the records stay, and a new worker computes their rounds again. */
export interface Recovery {
  /** How many of the completed rounds the new worker has computed again. */
  readonly round: number;
  readonly rounds: number;
  /** Several restarts have failed: only Play, Reset or the notice's button try again. */
  readonly hasFailed: boolean;
  /** The phase after the recovery. */
  readonly resumedPhase: Phase;
}

export interface Backend {
  readonly chosen: BackendId;
  readonly timings: readonly BackendTiming[];
}

export interface FoglineState {
  readonly experiment: Experiment;
  /** The network that the experiment describes now: an edit shows at once, and applies from the next round. */
  readonly topology: Topology;
  readonly phase: Phase;
  /** Null unless a failed worker is being replaced. */
  readonly recovery: Recovery | null;
  /** The records of the completed rounds, oldest first. */
  readonly history: History;
  /** The experiment as it was when this run started; with the changes in the records it replays the run. */
  readonly initialExperiment: Experiment;
  /** How many samples of which class each device holds; null until the worker has assigned them. */
  readonly partition: DataDistribution | null;
  readonly backend: Backend | null;
  readonly wantedBackend: BackendId | 'auto';
  /** Measured over the last batch of rounds. */
  readonly wallMillisecondsPerRound: number | null;
  /** The nodes that are selected in the network: node-selection.ts. */
  readonly selection: Selection;
  /** Position of the speed slider, 0 (slow motion) … 1 (as fast as the machine can). */
  readonly pace: number;
  readonly axis: Axis;
  readonly notice: Notice | null;
  /** Id of the lesson that is shown, until it is closed or another experiment is loaded. */
  readonly lesson: string | null;

  play(): void;
  pause(): void;
  step(): void;
  /** Discards the records and starts a new run of the present experiment. */
  reset(): void;
  /** Changes one setting by its path; see `change`. */
  set(path: string, value: unknown): void;
  /**
   * Changes settings. Live changes apply from the next round; others restart the run, and a notice says so. Changes that would
   * make the experiment invalid are all rejected, with a notice. Returns whether they were made.
   */
  change(changes: readonly Change[]): boolean;
  /** Replaces the whole experiment, by a lesson's if one is named, and restarts. */
  load(experiment: Experiment, lesson?: string): void;
  closeLesson(): void;
  /** Selects one node or link, or nothing. */
  select(id: string | null): void;
  selectAll(ids: Selection): void;
  setPace(pace: number): void;
  setAxis(axis: Axis): void;
  setBackend(backend: BackendId | 'auto'): void;
  /** Shows a sentence to the visitor, in place of the one before. */
  notify(tone: Notice['tone'], text: string, action?: NoticeAction): void;
  dismissNotice(): void;
  /** Starts a worker after the final failure; the run continues as it was. */
  retry(): void;
  /** Has every backend timed that can run here. */
  timeBackends(): void;
  /** Looks up a message of the run in its worker's cache; null if the run has ended since. */
  inspect(query: MessageQuery): Promise<MessageQueryResult | null>;
  /** Handles an event of the worker's client. */
  receive(event: ClientEvent): void;
}

export type FoglineStore = StoreApi<FoglineState>;

const listed = new Intl.ListFormat('en-GB');

/** Whether all rounds of the experiment are completed, or its target is reached: Play then starts a new run. */
function isCompleted(history: History, experiment: Experiment): boolean {
  const last = history.at(-1);
  return last !== undefined && isLastRound(last, experiment);
}

/** Whether the run has ended, and its number of rounds was not raised since. */
export const selectIsDone = ({ phase, history, experiment }: FoglineState): boolean =>
  phase === 'finished' && isCompleted(history, experiment);

/** The labels of changed settings, for a notice: 'Batch size and Model'. */
const labelsOf = (changes: readonly Change[]): string =>
  listed.format(new Set(changes.map(({ path }) => settings.get(path)?.label ?? path)));

/** @param createClient called once with the handler of the client's events */
export function createFoglineStore(
  createClient: (onEvent: (event: ClientEvent) => void) => SimClient,
  firstExperiment: Experiment = defaultExperiment,
): FoglineStore {
  return createStore<FoglineState>((set, get) => {
    const client = createClient((event) => get().receive(event));
    let notices = 0;
    const notify: FoglineState['notify'] = (tone, text, action) =>
      set({ notice: { id: ++notices, tone, text, ...(action && { action }) } });
    /** The state of the previous run, until the present one is open: shown again if that fails to open. */
    let previous: Partial<FoglineState> | null = null;

    const newRun = (next: Experiment) => ({
      experiment: next,
      initialExperiment: next,
      topology: buildTopology(next.fleet),
      phase: 'loading' as const,
      recovery: null,
      history: [],
      partition: null,
      wallMillisecondsPerRound: null,
    });

    const restart = (next: Experiment) => {
      const { phase, experiment, initialExperiment, topology, history, partition, wallMillisecondsPerRound, lesson } =
        get();
      // A run that is still loading is no run to go back to.
      if (phase !== 'loading') {
        const run = { experiment, initialExperiment, topology, history, partition, wallMillisecondsPerRound };
        previous = { ...run, lesson, phase };
      }
      set(newRun(next));
      client.open(next, get().wantedBackend);
    };

    client.open(firstExperiment, 'auto');
    client.setPace(paceMilliseconds(DEFAULT_PACE));

    return {
      ...newRun(firstExperiment),
      backend: null,
      wantedBackend: 'auto',
      selection: [],
      pace: DEFAULT_PACE,
      axis: 'rounds',
      notice: null,
      lesson: null,

      play: () => {
        const { phase, experiment: wanted, history, recovery } = get();
        if (phase === 'failed' && !recovery) return;
        if (recovery?.hasFailed) set({ recovery: { ...recovery, hasFailed: false }, notice: null });
        if (phase === 'finished' && isCompleted(history, wanted)) restart(wanted);
        set({ phase: 'running' });
        client.play();
      },
      pause: () => {
        if (get().phase !== 'running' && get().phase !== 'stepping') return;
        // The worker completes a round in progress first, and sends an event when it has paused.
        set({ phase: 'pausing' });
        client.pause();
      },
      step: () => {
        const { phase } = get();
        if (phase !== 'paused' && phase !== 'running') return;
        set({ phase: 'stepping' });
        client.step();
      },
      reset: () => restart(get().experiment),
      set: (path, value) => {
        get().change([{ path, value }]);
      },
      change: (wanted) => {
        const state = get();
        let next: Experiment;
        try {
          next = applyChanges(state.experiment, wanted);
        } catch (error) {
          if (!(error instanceof ExperimentError)) throw error;
          notify('error', error.message);
          return false;
        }
        const changes = changesBetween(state.experiment, next);
        if (changes.length === 0) return true;
        if (areLive(changes) && (state.phase !== 'failed' || state.recovery)) {
          const topology = next.fleet === state.experiment.fleet ? state.topology : buildTopology(next.fleet);
          set({ experiment: next, topology, selection: withoutRemovedNodes(state.selection, topology) });
          client.edit(changes);
          return true;
        }
        const discarded = state.history.length;
        restart(next);
        set(({ selection, topology }) => ({ selection: withoutRemovedNodes(selection, topology) }));
        if (discarded > 0 && !areLive(changes))
          notify('info', `${labelsOf(changes)} cannot change during a run: it starts again from round 1.`);
        return true;
      },
      load: (next, lesson) => {
        restart(next);
        set({ selection: [], lesson: lesson ?? null, notice: null });
      },
      closeLesson: () => set({ lesson: null }),
      select: (id) => set({ selection: id === null ? [] : [id] }),
      selectAll: (selection) => set({ selection }),
      setPace: (pace) => {
        set({ pace });
        client.setPace(paceMilliseconds(pace));
      },
      setAxis: (axis) => set({ axis }),
      setBackend: (wantedBackend) => {
        set({ wantedBackend });
        restart(get().experiment);
      },
      notify,
      dismissNotice: () => set({ notice: null }),
      retry: () => {
        const { recovery } = get();
        if (!recovery?.hasFailed) return;
        set({ phase: recovery.resumedPhase, recovery: { ...recovery, hasFailed: false }, notice: null });
        client.retry();
      },
      timeBackends: client.timeBackends,
      inspect: client.inspect,

      receive: (event) => {
        switch (event.type) {
          case 'backend':
            set(({ backend }) => {
              const chosen = event.chosen ?? backend?.chosen;
              return chosen ? { backend: { chosen, timings: event.timings } } : {};
            });
            if (event.fallback) notify('error', event.fallback);
            break;
          case 'partitioned':
            previous = null;
            set((state) => ({
              partition: event.partition,
              phase: state.phase === 'loading' ? 'paused' : state.phase,
              recovery: null,
            }));
            break;
          case 'replay progress':
            set(({ recovery }) =>
              recovery ? { recovery: { ...recovery, round: event.round, rounds: event.rounds } } : {},
            );
            break;
          case 'rounds':
            set((state) => ({
              history: [...state.history, ...event.records],
              wallMillisecondsPerRound: event.wallMilliseconds / Math.max(1, event.records.length),
            }));
            break;
          case 'stopped':
            if (event.finished) {
              set({ phase: 'finished' });
              const { history, experiment: ends } = get();
              const last = history.at(-1);
              const end = last && targetSentence(last, ends);
              if (end) notify('info', end);
            } else if (get().phase === 'stepping' || get().phase === 'pausing') set({ phase: 'paused' });
            break;
          case 'failed':
            if (event.restoresPrevious && previous) {
              const { phase, history = [] } = previous;
              const resumedPhase = phase === 'running' || phase === 'finished' ? phase : 'loading';
              const recovery: Recovery = { round: 0, rounds: history.length, hasFailed: false, resumedPhase };
              set({ ...previous, phase: resumedPhase, recovery: history.length > 0 ? recovery : null });
              notify('error', `${event.message} The run before goes on.`);
            } else {
              set({ phase: 'failed', recovery: null });
              notify('error', event.message);
            }
            break;
          case 'worker failed': {
            const { phase, recovery, history } = get();
            const resumedPhase = phase === 'failed' ? (recovery?.resumedPhase ?? 'loading') : phase;
            set({
              phase: event.isFinal ? 'failed' : resumedPhase,
              recovery: { round: 0, rounds: history.length, hasFailed: event.isFinal, resumedPhase },
            });
            const { failure, excludedBackend, isFinal } = event;
            const sentence = failureMessage(failure, excludedBackend, isFinal, history.length);
            notify('error', sentence, isFinal ? { label: 'Try again', act: () => get().retry() } : undefined);
            break;
          }
          case 'recovered':
            set(({ phase }) => ({
              recovery: null,
              phase: phase === 'pausing' || phase === 'loading' || phase === 'failed' ? 'paused' : phase,
            }));
            notify('info', recoveryMessage(event.backend, get().history.length));
            break;
        }
      },
    };
  });
}
