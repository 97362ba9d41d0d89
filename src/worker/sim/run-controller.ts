// One run in the worker: plays, pauses, steps and paces the rounds, and posts their records. Independent of Worker and tfjs, so
// that a test can drive it.

import type { Change, Edit } from '../../sim/experiment/edits.ts';
import { buffersOf, type RoundRecord } from '../../sim/record/record.ts';
import { isLastRound } from '../../sim/record/run-end.ts';
import type { FailureKind, SimEvent } from '../protocol.ts';
import { yieldToEventLoop } from '../yield-to-event-loop.ts';

/** At full speed records are posted in batches, so often: more frequent posts would only cost the page drawing time. */
const BATCH_MILLISECONDS = 200;

export type Post = (event: SimEvent, transfer: ArrayBuffer[]) => void;

export interface RunControllerOptions {
  readonly run: number;
  /** The rounds; `takeChanges` returns the live changes made since its last call. */
  readonly rounds: (takeChanges: () => readonly Change[]) => AsyncIterator<RoundRecord>;
  /** The round after which the run ends; a live change of the setting `rounds` moves it. */
  readonly lastRound: number;
  /** Accuracy that ends the run too; 0 or left out means no target. A live change of the setting moves it. */
  readonly targetAccuracy?: number;
  /** Called with live changes made between rounds, so that their effect can be shown before the next round starts. */
  readonly onEditWhilePaused?: (changes: readonly Change[]) => Promise<void>;
  /** Live changes recorded earlier that are replayed. */
  readonly edits?: readonly Edit[];
  /** Rounds whose records the page has: computed again at full speed, without posting them. New changes wait until then. */
  readonly completedRounds?: number;
  /** Called when those are computed, or at once if there are none. */
  readonly onReplayed?: () => void;
  /** How a failure is reported. */
  readonly failureKindOf?: (error: unknown) => FailureKind;
  readonly post: Post;
  /** Minimum wall time of a round, in milliseconds. */
  readonly pace: number;
}

export class RunController {
  readonly #options: RunControllerOptions;
  readonly #rounds: AsyncIterator<RoundRecord>;
  #mode: 'paused' | 'running' | 'stepping' = 'paused';
  #isClosed = false;
  #pace: number;
  #stopCriteria: { readonly rounds: number; readonly targetAccuracy: number };
  #completedRounds = 0;
  #isFinished = false;
  #latest: Pick<RoundRecord, 'round' | 'evaluation'> | null = null;
  #isReplaying: boolean;
  /** True between a round's start and its end. */
  #isComputing = false;
  /** Changes that the engine has not taken yet. */
  #pendingChanges: Change[] = [];
  /** Changes that `onEditWhilePaused` has not been called with. */
  #unreportedChanges: Change[] = [];
  #batch: RoundRecord[] = [];
  #batchWall = 0;
  #lastFlush = 0;
  /** Resolves the promise of `#nextCommand`. */
  #onCommand: () => void = () => {};

  constructor(options: RunControllerOptions) {
    this.#options = options;
    this.#pace = options.pace;
    this.#stopCriteria = { rounds: options.lastRound, targetAccuracy: options.targetAccuracy ?? 0 };
    this.#isReplaying = (options.completedRounds ?? 0) > 0;
    this.#rounds = options.rounds(() => (this.#isReplaying ? [] : this.#pendingChanges.splice(0)));
    void this.#loop();
  }

  play(): void {
    this.#mode = 'running';
    this.#onCommand();
  }

  pause(): void {
    this.#mode = 'paused';
    if (!this.#isComputing) this.#stop(false);
    this.#onCommand();
  }

  step(): void {
    this.#mode = 'stepping';
    this.#onCommand();
  }

  edit(changes: readonly Change[]): void {
    this.#pendingChanges.push(...changes);
    this.#unreportedChanges.push(...changes);
    if (!this.#isReplaying) this.#updateStopCriteria(changes);
    this.#onCommand();
  }

  setPace(milliseconds: number): void {
    this.#pace = milliseconds;
    this.#onCommand();
  }

  /** Ends the run; a round in progress posts nothing more. */
  close(): void {
    this.#isClosed = true;
    this.#onCommand();
  }

  async #loop(): Promise<void> {
    try {
      await this.#replay();
      if (this.#isClosed) return;
      this.#options.onReplayed?.();
      for (;;) {
        while (this.#mode === 'paused' && !this.#isClosed) {
          this.#flush();
          const changes = this.#unreportedChanges.splice(0);
          if (changes.length > 0) await this.#options.onEditWhilePaused?.(changes);
          else await this.#nextCommand();
        }
        if (this.#isClosed) return;
        if (this.#isFinished) {
          this.#stop(true);
          continue;
        }
        const start = performance.now();
        this.#isComputing = true;
        const next = await this.#rounds.next();
        this.#isComputing = false;
        if (this.#isClosed) return;
        if (!next.done) this.#addToBatch(next.value, performance.now() - start);
        const finished = next.done === true || this.#isFinished;
        const stops = finished || this.#mode === 'stepping';
        if (stops || this.#mode === 'paused') this.#stop(finished);
        if (stops) continue;
        await this.#waitForPace(performance.now() - start);
      }
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (this.#isClosed) return;
      this.#flush();
      const kind = this.#options.failureKindOf?.(error) ?? 'error';
      this.#post({ type: 'failed', run: this.#options.run, kind, message });
    }
  }

  /** Computes the rounds that the page has again: the same seed and edits give the same state after them. */
  async #replay(): Promise<void> {
    const { completedRounds: rounds = 0, run } = this.#options;
    this.#isComputing = true;
    let posted = performance.now();
    while (this.#completedRounds < rounds && !this.#isClosed) {
      const next = await this.#rounds.next();
      if (next.done) break;
      this.#onRoundCompleted(next.value);
      await yieldToEventLoop();
      if (this.#isClosed || performance.now() - posted < BATCH_MILLISECONDS) continue;
      posted = performance.now();
      this.#post({ type: 'replay progress', run, round: this.#completedRounds, rounds });
    }
    this.#isComputing = false;
    this.#isReplaying = false;
    this.#updateStopCriteria(this.#pendingChanges);
  }

  #onRoundCompleted(record: RoundRecord): void {
    this.#completedRounds = record.round;
    this.#latest = { round: record.round, evaluation: record.evaluation };
    for (const edit of this.#options.edits ?? []) {
      if (edit.round === record.round) this.#updateStopCriteria(edit.changes);
    }
    this.#isFinished = isLastRound(record, this.#stopCriteria);
  }

  /** A live change of the number of rounds, or of the target accuracy, moves the run's end. */
  #updateStopCriteria(changes: readonly Change[]): void {
    for (const { path, value } of changes) {
      if (path === 'rounds' || path === 'targetAccuracy')
        this.#stopCriteria = { ...this.#stopCriteria, [path]: Number(value) };
    }
    this.#isFinished = this.#latest !== null && isLastRound(this.#latest, this.#stopCriteria);
  }

  #stop(finished: boolean): void {
    this.#mode = 'paused';
    this.#flush();
    this.#post({ type: 'stopped', run: this.#options.run, finished });
  }

  #addToBatch(record: RoundRecord, wall: number): void {
    this.#onRoundCompleted(record);
    this.#batch.push(record);
    this.#batchWall += wall;
    const isDue = performance.now() - this.#lastFlush >= BATCH_MILLISECONDS;
    if (this.#pace > 0 || this.#mode === 'stepping' || isDue) this.#flush();
  }

  #flush(): void {
    this.#lastFlush = performance.now();
    if (this.#batch.length === 0) return;
    const records = this.#batch;
    this.#post(
      { type: 'rounds', run: this.#options.run, records, wallMilliseconds: this.#batchWall },
      records.flatMap(buffersOf),
    );
    this.#batch = [];
    this.#batchWall = 0;
  }

  /** Waits until the round has taken its minimum wall time, of which only time in the mode 'running' counts. */
  async #waitForPace(spent: number): Promise<void> {
    await yieldToEventLoop();
    let passed = spent;
    while (!this.#isClosed && this.#mode !== 'stepping' && passed < this.#pace) {
      const since = performance.now();
      const isRunning = this.#mode === 'running';
      await this.#nextCommand(isRunning ? this.#pace - passed : undefined);
      if (isRunning) passed += performance.now() - since;
    }
  }

  /** Resolves at the next command, or after so many milliseconds. */
  #nextCommand(milliseconds?: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = milliseconds === undefined ? undefined : setTimeout(resolve, milliseconds);
      this.#onCommand = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #post(event: SimEvent, transfer: ArrayBuffer[] = []): void {
    this.#options.post(event, transfer);
  }
}
