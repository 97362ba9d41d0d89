// One run in the worker: plays, pauses, steps and paces the rounds, and posts their records. Knows nothing of Worker or
// tfjs, so that a test can drive it.

import type { Change, Edit } from '../../sim/experiment/edits.ts';
import { buffersOf, type RoundRecord } from '../../sim/record/record.ts';
import { isLastRound } from '../../sim/record/run-end.ts';
import { nextTask } from '../next-task.ts';
import type { FailureKind, WorkerEvent } from '../protocol.ts';

/** At full speed records go to the page this often; more would only cost it drawing. */
const BATCH_MILLISECONDS = 200;

export type Post = (event: WorkerEvent, transfer: ArrayBuffer[]) => void;

export interface SessionOptions {
  readonly run: number;
  /** The rounds; `takeChanges` hands over the live changes made since it was last called. */
  readonly rounds: (takeChanges: () => readonly Change[]) => AsyncIterator<RoundRecord>;
  /** The round after which the run ends; a live change of the setting `rounds` moves it. */
  readonly lastRound: number;
  /** Accuracy that ends the run too; 0 or left out is no target. A live change of the setting moves it. */
  readonly targetAccuracy?: number;
  /** Told of live changes while no round is under way, so that what they bring can be shown before the next one begins. */
  readonly whilePaused?: (changes: readonly Change[]) => Promise<void>;
  /** Live changes recorded earlier that are replayed. */
  readonly edits?: readonly Edit[];
  /** Rounds that the page has already: computed again at full speed, without their records. Changes wait until then. */
  readonly done?: number;
  /** Told when those are done, or at once if there are none. */
  readonly onCaughtUp?: () => void;
  /** How a failure is reported. */
  readonly kindOf?: (error: unknown) => FailureKind;
  readonly post: Post;
  readonly pace: number;
}

export class Session {
  readonly #options: SessionOptions;
  readonly #rounds: AsyncIterator<RoundRecord>;
  #mode: 'paused' | 'running' | 'stepping' = 'paused';
  #closed = false;
  #pace: number;
  #ends: { readonly rounds: number; readonly targetAccuracy: number };
  /** The last round that was made. */
  #done = 0;
  #isOver = false;
  #latest: Pick<RoundRecord, 'round' | 'evaluation'> | null = null;
  #catchesUp: boolean;
  /** True between a round's begin and its end. */
  #isBusy = false;
  #changes: Change[] = [];
  /** Changes that `whilePaused` has not been told of. */
  #untold: Change[] = [];
  #batch: RoundRecord[] = [];
  #batchWall = 0;
  #lastFlush = 0;
  /** Wakes the loop when a command arrives. */
  #wake: () => void = () => {};

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#pace = options.pace;
    this.#ends = { rounds: options.lastRound, targetAccuracy: options.targetAccuracy ?? 0 };
    this.#catchesUp = (options.done ?? 0) > 0;
    this.#rounds = options.rounds(() => (this.#catchesUp ? [] : this.#changes.splice(0)));
    void this.#loop();
  }

  play(): void {
    this.#mode = 'running';
    this.#wake();
  }

  pause(): void {
    this.#mode = 'paused';
    if (!this.#isBusy) this.#stop(false);
    this.#wake();
  }

  step(): void {
    this.#mode = 'stepping';
    this.#wake();
  }

  edit(changes: readonly Change[]): void {
    this.#changes.push(...changes);
    this.#untold.push(...changes);
    if (!this.#catchesUp) this.#noteRounds(changes);
    this.#wake();
  }

  setPace(milliseconds: number): void {
    this.#pace = milliseconds;
    this.#wake();
  }

  /** Ends the run; a round in progress posts nothing more. */
  close(): void {
    this.#closed = true;
    this.#wake();
  }

  async #loop(): Promise<void> {
    try {
      await this.#catchUp();
      if (this.#closed) return;
      this.#options.onCaughtUp?.();
      for (;;) {
        while (this.#mode === 'paused' && !this.#closed) {
          this.#flush();
          const untold = this.#untold.splice(0);
          if (untold.length > 0) await this.#options.whilePaused?.(untold);
          else await this.#command();
        }
        if (this.#closed) return;
        if (this.#isOver) {
          this.#stop(true);
          continue;
        }
        const began = performance.now();
        this.#isBusy = true;
        const next = await this.#rounds.next();
        this.#isBusy = false;
        if (this.#closed) return;
        if (!next.done) this.#collect(next.value, performance.now() - began);
        const finished = next.done === true || this.#isOver;
        const isOver = finished || this.#mode === 'stepping';
        if (isOver || this.#mode === 'paused') this.#stop(finished);
        if (isOver) continue;
        await this.#waitForPace(performance.now() - began);
      }
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (this.#closed) return;
      this.#flush();
      this.#post({ type: 'failed', run: this.#options.run, kind: this.#options.kindOf?.(error) ?? 'error', message });
    }
  }

  /** The rounds that the page has, once more: the same seed and edits, so the same state after them. */
  async #catchUp(): Promise<void> {
    const { done: of = 0, run } = this.#options;
    this.#isBusy = true;
    let posted = performance.now();
    while (this.#done < of && !this.#closed) {
      const next = await this.#rounds.next();
      if (next.done) break;
      this.#note(next.value);
      await nextTask();
      if (this.#closed || performance.now() - posted < BATCH_MILLISECONDS) continue;
      posted = performance.now();
      this.#post({ type: 'catching up', run, round: this.#done, of });
    }
    this.#isBusy = false;
    this.#catchesUp = false;
    this.#noteRounds(this.#changes);
  }

  /** Edits that the record holds count from it on. */
  #note(record: RoundRecord): void {
    this.#done = record.round;
    this.#latest = { round: record.round, evaluation: record.evaluation };
    for (const edit of this.#options.edits ?? []) if (edit.round === record.round) this.#noteRounds(edit.changes);
    this.#isOver = isLastRound(record, this.#ends);
  }

  /** A live change of the number of rounds, or of the target, moves the end. */
  #noteRounds(changes: readonly Change[]): void {
    for (const { path, value } of changes) {
      if (path === 'rounds' || path === 'targetAccuracy') this.#ends = { ...this.#ends, [path]: Number(value) };
    }
    this.#isOver = this.#latest !== null && isLastRound(this.#latest, this.#ends);
  }

  #stop(finished: boolean): void {
    this.#mode = 'paused';
    this.#flush();
    this.#post({ type: 'stopped', run: this.#options.run, finished });
  }

  #collect(record: RoundRecord, wall: number): void {
    this.#note(record);
    this.#batch.push(record);
    this.#batchWall += wall;
    const due = performance.now() - this.#lastFlush >= BATCH_MILLISECONDS;
    if (this.#pace > 0 || this.#mode === 'stepping' || due) this.#flush();
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

  /** Lets the round's playback have its time on the screen: it runs on only while playing. */
  async #waitForPace(spent: number): Promise<void> {
    await nextTask();
    let passed = spent;
    while (!this.#closed && this.#mode !== 'stepping' && passed < this.#pace) {
      const since = performance.now();
      const playing = this.#mode === 'running';
      await this.#command(playing ? this.#pace - passed : undefined);
      if (playing) passed += performance.now() - since;
    }
  }

  /** Resolves at the next command, or when the time is over. */
  #command(milliseconds?: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = milliseconds === undefined ? undefined : setTimeout(resolve, milliseconds);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #post(event: WorkerEvent, transfer: ArrayBuffer[] = []): void {
    this.#options.post(event, transfer);
  }
}
