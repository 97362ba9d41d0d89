// The page's state, without React: the experiment as the visitor has set it, the run's records, and what is selected.
// Weights and tensors are in the worker; here are settings, records and choices of view.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { DealtData } from '../sim/data/dealt.ts';
import { applyChanges, areLive, type Change, changesBetween } from '../sim/experiment/edits.ts';
import { defaultExperiment, type Experiment, settings } from '../sim/experiment/experiment.ts';
import { ExperimentError } from '../sim/experiment/parse-experiment.ts';
import { buildTopology, type Topology } from '../sim/fleet/topology.ts';
import type { History } from '../sim/record/record.ts';
import { isLastRound, targetSentence } from '../sim/record/run-end.ts';
import type { ClientEvent, SimClient } from '../worker/client/sim-client.ts';
import type { BackendId, BackendTiming, Found, MessageQuery } from '../worker/protocol.ts';
import { type Selection, stillThere } from './node-selection.ts';
import { DEFAULT_PACE, paceMilliseconds } from './pace.ts';
import { lossSentence, recoveredSentence } from './worker-failure-messages.ts';

/** What the curves are drawn against. */
export type Axis = 'rounds' | 'seconds' | 'joules' | 'bytes';
/** 'pausing': the round under way is done first. 'failed': nothing goes on by itself. */
export type Phase = 'loading' | 'paused' | 'running' | 'pausing' | 'stepping' | 'finished' | 'failed';

/** What the page needs of the worker’s words. */
export { type BackendId, type BackendTiming, backendTitles } from '../worker/protocol.ts';

export interface Notice {
  /** Rises with each notice, so that the same words twice are two notices. */
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

/** The worker was lost; the records stay, and what the phase says counts again when a new one has caught up. */
export interface Recovery {
  /** Rounds computed again, of those that were done. */
  readonly round: number;
  readonly of: number;
  /** It was tried several times: Play, Reset or the notice's button try again. */
  readonly isGivenUp: boolean;
  /** The phase that goes on then. */
  readonly then: Phase;
}

export interface Backend {
  readonly chosen: BackendId;
  readonly timings: readonly BackendTiming[];
}

export interface FoglineState {
  readonly experiment: Experiment;
  /** The network that the experiment describes now (an edit shows at once, and counts from the next round). */
  readonly topology: Topology;
  readonly phase: Phase;
  /** Null unless a lost worker is being replaced. */
  readonly recovery: Recovery | null;
  /** Rounds done so far, oldest first. */
  readonly history: History;
  /** The experiment as it was when this run began; with the changes in the records it replays the run. */
  readonly opened: Experiment;
  readonly dealt: DealtData | null;
  readonly backend: Backend | null;
  readonly wantedBackend: BackendId | 'auto';
  /** Wall milliseconds that the last rounds took, each. */
  readonly roundWall: number | null;
  /** What is selected in the network: selection.ts. */
  readonly selection: Selection;
  /** Speed slider, 0 (slow motion) … 1 (as fast as the machine can). */
  readonly pace: number;
  readonly axis: Axis;
  readonly notice: Notice | null;
  /** Id of the lesson that the visitor chose last, until it is closed or another experiment is loaded. */
  readonly lesson: string | null;

  play(): void;
  pause(): void;
  step(): void;
  /** Throws the records away and begins anew with the present experiment. */
  reset(): void;
  /** Changes one setting by its path; see `change`. */
  set(path: string, value: unknown): void;
  /**
   * Changes settings. Live ones take hold at the next round; others restart the run, and a notice says so. A change that
   * would make an impossible experiment is refused whole, with a notice. Returns whether it was made.
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
  /** A sentence for the visitor; it takes the place of the one before. */
  notify(tone: Notice['tone'], text: string, action?: NoticeAction): void;
  dismissNotice(): void;
  /** Starts the lost worker again, and goes on as the run was. */
  revive(): void;
  /** Has every backend timed that can run here. */
  timeBackends(): void;
  /** Looks at a message of the run that its worker may still keep; null if the run has ended since. */
  inspect(query: MessageQuery): Promise<Found | null>;
  /** Takes in what the worker sent, and what became of it. */
  receive(event: ClientEvent): void;
}

export type FoglineStore = StoreApi<FoglineState>;

const listed = new Intl.ListFormat('en-GB');

/** Whether all rounds that the experiment asks for are done, or its target is reached: Play then begins anew. */
function isOver(history: History, experiment: Experiment): boolean {
  const last = history.at(-1);
  return last !== undefined && isLastRound(last, experiment);
}

/** Whether the run has ended, and nobody has asked for more rounds since. */
export const selectIsDone = ({ phase, history, experiment }: FoglineState): boolean =>
  phase === 'finished' && isOver(history, experiment);

/** The labels of changed settings, for a notice: 'Batch size and Model'. */
const labelsOf = (changes: readonly Change[]): string =>
  listed.format(new Set(changes.map(({ path }) => settings.get(path)?.label ?? path)));

/** `connectTo` is given the function that takes in the worker's events, and returns the line to it. */
export function createFoglineStore(
  connectTo: (receive: (event: ClientEvent) => void) => SimClient,
  experiment: Experiment = defaultExperiment,
): FoglineStore {
  return createStore<FoglineState>((set, get) => {
    const client = connectTo((event) => get().receive(event));
    let notices = 0;
    const notify: FoglineState['notify'] = (tone, text, action) =>
      set({ notice: { id: ++notices, tone, text, ...(action && { action }) } });
    /** What is shown again if the run that takes its place cannot be opened. */
    let before: Partial<FoglineState> | null = null;

    const fresh = (next: Experiment) => ({
      experiment: next,
      opened: next,
      topology: buildTopology(next.fleet),
      phase: 'loading' as const,
      recovery: null,
      history: [],
      dealt: null,
      roundWall: null,
    });

    const restart = (next: Experiment) => {
      const { phase, experiment: shown, opened, topology, history, dealt, roundWall, lesson } = get();
      // While a run is opened the one before it is still the one to go back to.
      if (phase !== 'loading')
        before = { experiment: shown, opened, topology, history, dealt, roundWall, lesson, phase };
      set(fresh(next));
      client.open(next, get().wantedBackend);
    };

    client.open(experiment, 'auto');
    client.pace(paceMilliseconds(DEFAULT_PACE));

    return {
      ...fresh(experiment),
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
        if (recovery?.isGivenUp) set({ recovery: { ...recovery, isGivenUp: false }, notice: null });
        // Done with all rounds: begin anew, unless more rounds were asked for since.
        if (phase === 'finished' && isOver(history, wanted)) restart(wanted);
        set({ phase: 'running' });
        client.play();
      },
      pause: () => {
        if (get().phase !== 'running' && get().phase !== 'stepping') return;
        // The worker says when it has paused: a round under way is done first.
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
        const before = get();
        let next: Experiment;
        try {
          next = applyChanges(before.experiment, wanted);
        } catch (error) {
          if (!(error instanceof ExperimentError)) throw error;
          notify('error', error.message);
          return false;
        }
        const changes = changesBetween(before.experiment, next);
        if (changes.length === 0) return true;
        if (areLive(changes) && (before.phase !== 'failed' || before.recovery)) {
          const topology = next.fleet === before.experiment.fleet ? before.topology : buildTopology(next.fleet);
          set({ experiment: next, topology, selection: stillThere(before.selection, topology) });
          client.edit(changes);
          return true;
        }
        const lost = before.history.length;
        restart(next);
        set(({ selection, topology }) => ({ selection: stillThere(selection, topology) }));
        if (lost > 0 && !areLive(changes))
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
        client.pace(paceMilliseconds(pace));
      },
      setAxis: (axis) => set({ axis }),
      setBackend: (wantedBackend) => {
        set({ wantedBackend });
        restart(get().experiment);
      },
      notify,
      dismissNotice: () => set({ notice: null }),
      revive: () => {
        const { recovery } = get();
        if (!recovery?.isGivenUp) return;
        set({ phase: recovery.then, recovery: { ...recovery, isGivenUp: false }, notice: null });
        client.revive();
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
          case 'dealt':
            before = null;
            set((state) => ({
              dealt: event.data,
              phase: state.phase === 'loading' ? 'paused' : state.phase,
              recovery: null,
            }));
            break;
          case 'catching up':
            set(({ recovery }) => (recovery ? { recovery: { ...recovery, round: event.round, of: event.of } } : {}));
            break;
          case 'rounds':
            set((state) => ({
              history: [...state.history, ...event.records],
              roundWall: event.wallMilliseconds / Math.max(1, event.records.length),
            }));
            break;
          case 'stopped':
            // A step that has ended since play was pressed says nothing of the present.
            if (event.finished) {
              set({ phase: 'finished' });
              const { history, experiment: ends } = get();
              const last = history.at(-1);
              const end = last && targetSentence(last, ends);
              if (end) notify('info', end);
            } else if (get().phase === 'stepping' || get().phase === 'pausing') set({ phase: 'paused' });
            break;
          case 'failed':
            if (event.isBack && before) {
              const then = before.phase === 'running' || before.phase === 'finished' ? before.phase : 'loading';
              const of = before.history?.length ?? 0;
              set({ ...before, phase: then, recovery: of > 0 ? { round: 0, of, isGivenUp: false, then } : null });
              notify('error', `${event.message} The run before goes on.`);
            } else {
              set({ phase: 'failed', recovery: null });
              notify('error', event.message);
            }
            break;
          case 'lost': {
            const { phase, recovery, history } = get();
            const then = phase === 'failed' ? (recovery?.then ?? 'loading') : phase;
            set({
              phase: event.isLast ? 'failed' : then,
              recovery: { round: 0, of: history.length, isGivenUp: event.isLast, then },
            });
            const sentence = lossSentence(event.loss, event.without, event.isLast, history.length);
            notify('error', sentence, event.isLast ? { label: 'Try again', act: () => get().revive() } : undefined);
            break;
          }
          case 'recovered':
            set(({ phase }) => ({
              recovery: null,
              phase: phase === 'pausing' || phase === 'loading' || phase === 'failed' ? 'paused' : phase,
            }));
            notify('info', recoveredSentence(event.backend, get().history.length));
            break;
        }
      },
    };
  });
}
