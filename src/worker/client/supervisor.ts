// Starts a Web Worker, watches it, ends it and replaces it; used for the simulation's worker and for the lab's. A worker is
// asked for a sign of life every second and gives signs by itself between the slices of long work, so that only one that spins,
// has died or was killed stays silent. How much silence is borne grows with the longest that it has explained by speaking again.
// Nothing here knows of experiments: who uses it is told of a loss, and of each worker that starts, and says what it must do.

import type { AliveEvent, PingCommand } from '../protocol.ts';

/** Why a worker is no longer there. */
export type Loss =
  /** It said nothing for so many milliseconds: it spins, or was killed. */
  | { readonly kind: 'silent'; readonly milliseconds: number }
  /** An uncaught error, or one that it reported and cannot go on after. */
  | { readonly kind: 'crashed'; readonly message: string }
  /** Its script never came, or what it needs to begin. */
  | { readonly kind: 'not loaded'; readonly message: string };

/** The part of a Worker that is used, so that a test can stand in for one. */
export type WorkerLike = Pick<Worker, 'postMessage' | 'addEventListener' | 'terminate'>;

export interface SupervisorOptions<Event> {
  readonly startWorker: () => WorkerLike;
  /** Told of each worker that starts, the first and its replacements: what it must do is sent now. */
  readonly onStart: () => void;
  /** What the present worker says, signs of life left out. */
  readonly onEvent: (event: Event) => void;
  /** The worker was ended. `isLast`: it will not be replaced before `start` is called again. */
  readonly onLoss: (loss: Loss, isLast: boolean) => void;
}

/** Silence that every worker is granted, in milliseconds: more than a slow slice on a busy machine takes. */
export const SILENCE_LIMIT = 3000;
/** Until its script has come, over a thin line, a worker cannot speak. */
export const LOADING_LIMIT = 60_000;
/** How much longer than the longest explained silence the next may be. */
const MARGIN = 2;
const LONGEST_LIMIT = 120_000;
const TICK = 250;
/** A page that was frozen or throttled has not listened for longer than this at a time, whatever its clock says. */
const LONGEST_TICK = 1000;
const PING_EVERY = 1000;
/** A worker that has lived so long was a good replacement. */
const PROVEN_AFTER = 30_000;
/** Milliseconds before each replacement; when all have been lost without any success, the rest is up to the visitor. */
export const REPLACEMENT_DELAYS: readonly number[] = [0, 1000, 3000];

export class Supervisor<Command, Event> {
  readonly #options: SupervisorOptions<Event>;
  #worker: WorkerLike | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;
  #replacement: ReturnType<typeof setTimeout> | undefined;
  /** Replacements since something was last achieved. */
  #replaced = 0;
  #hasSpoken = false;
  #silence = 0;
  #sincePing = 0;
  #lived = 0;
  #lastTick = 0;
  /** The longest silence that the present worker has ended by itself. */
  #longest = 0;
  /** Silence that the worker has announced. */
  #announced = 0;

  constructor(options: SupervisorOptions<Event>) {
    this.#options = options;
  }

  /** True from `start` until `end` or the last loss, also while a replacement waits to be started. */
  get isWatching(): boolean {
    return this.#worker !== null || this.#replacement !== undefined;
  }

  /** Starts a worker if there is none, with all its replacements before it. */
  start(): void {
    if (this.#worker) return;
    this.#replaced = 0;
    this.#begin();
  }

  /** Dropped while there is no worker: whoever is told of its start sends what still counts. */
  send(command: Command | PingCommand): void {
    this.#worker?.postMessage(command);
  }

  /** The work goes on as it should: a later loss is the first again. */
  succeed(): void {
    this.#replaced = 0;
  }

  /** Ends a worker that has said that it cannot go on, as if it had died. */
  lose(loss: Loss): void {
    if (!this.#worker) return;
    this.end();
    const delay = REPLACEMENT_DELAYS[this.#replaced++];
    if (delay !== undefined) this.#replacement = setTimeout(() => this.#begin(), delay);
    this.#options.onLoss(loss, delay === undefined);
  }

  /** Ends the worker; nothing more is heard of it, and it is not replaced. */
  end(): void {
    clearInterval(this.#timer);
    clearTimeout(this.#replacement);
    this.#replacement = undefined;
    this.#worker?.terminate();
    this.#worker = null;
  }

  #begin(): void {
    clearTimeout(this.#replacement);
    this.#replacement = undefined;
    this.#hasSpoken = false;
    this.#silence = 0;
    this.#sincePing = 0;
    this.#lived = 0;
    this.#longest = 0;
    this.#announced = 0;
    this.#lastTick = performance.now();
    const worker = this.#options.startWorker();
    this.#worker = worker;
    worker.addEventListener('message', (message) => {
      if (this.#worker === worker) this.#hear((message as MessageEvent<Event | AliveEvent>).data);
    });
    worker.addEventListener('error', (error) => {
      if (this.#worker !== worker) return;
      // A script that could not be fetched fails without a message.
      const { message } = error as ErrorEvent;
      this.lose({ kind: this.#hasSpoken || message ? 'crashed' : 'not loaded', message: message ?? '' });
    });
    this.#timer = setInterval(() => this.#tick(), TICK);
    this.#options.onStart();
  }

  #hear(event: Event | AliveEvent): void {
    if (this.#hasSpoken) this.#longest = Math.max(this.#longest, this.#silence);
    this.#hasSpoken = true;
    this.#silence = 0;
    const isAlive = (event as AliveEvent).type === 'alive';
    if (isAlive) this.#announced = (event as AliveEvent).silentFor ?? 0;
    if (!isAlive) this.#options.onEvent(event as Event);
  }

  #tick(): void {
    const now = performance.now();
    const passed = Math.min(now - this.#lastTick, LONGEST_TICK);
    this.#lastTick = now;
    this.#silence += passed;
    this.#sincePing += passed;
    this.#lived += passed;
    if (this.#hasSpoken && this.#lived > PROVEN_AFTER) this.#replaced = 0;
    const limit = this.#hasSpoken
      ? Math.min(LONGEST_LIMIT, Math.max(SILENCE_LIMIT, MARGIN * this.#longest, this.#announced))
      : LOADING_LIMIT;
    if (this.#silence > limit) {
      this.lose(
        this.#hasSpoken
          ? { kind: 'silent', milliseconds: Math.round(this.#silence) }
          : { kind: 'not loaded', message: '' },
      );
      return;
    }
    if (this.#sincePing < PING_EVERY) return;
    this.#sincePing = 0;
    this.send({ type: 'ping' });
  }
}
