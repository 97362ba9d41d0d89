// Starts a Web Worker, monitors it, and restarts it when it fails; used for the simulation worker and for the lab worker. A worker
// is pinged every second and also sends heartbeats between the slices of long work, so that only one that is stuck in a loop,
// has died or was killed stays silent. The timeout grows with the longest silence that the worker has recovered from. The
// supervisor knows nothing of experiments: its user is notified of each failure and of each start, and sends what to do.

import type { HeartbeatEvent, PingCommand } from '../protocol.ts';

/** Why a worker is no longer there. */
export type WorkerFailure =
  /** It sent nothing for so many milliseconds: it is stuck, or was killed. */
  | { readonly kind: 'unresponsive'; readonly milliseconds: number }
  /** An uncaught error, or one that it reported and cannot continue after. */
  | { readonly kind: 'crashed'; readonly message: string }
  /** Its script, or a file that it needs to start, could not be fetched. */
  | { readonly kind: 'load failed'; readonly message: string };

/** The part of a Worker that is used, so that a test can provide a fake one. */
export type WorkerLike = Pick<Worker, 'postMessage' | 'addEventListener' | 'terminate'>;

export interface SupervisorOptions<Event> {
  readonly startWorker: () => WorkerLike;
  /** Called for each worker that starts, the first and its replacements: its commands are to be sent now. */
  readonly onStart: () => void;
  /** What the present worker sends, except heartbeats. */
  readonly onEvent: (event: Event) => void;
  /** The worker was terminated. `isFinal`: it is not restarted before `start` is called again. */
  readonly onFailure: (failure: WorkerFailure, isFinal: boolean) => void;
}

/** Silence that is granted to every worker, in milliseconds: more than a slow slice on a busy machine takes. */
export const HEARTBEAT_TIMEOUT = 3000;
/** Before its script has been loaded, over a slow network, a worker can send nothing. */
export const LOAD_TIMEOUT = 60_000;
/** The timeout as a multiple of the longest silence that the worker has recovered from. */
const TIMEOUT_FACTOR = 2;
const MAX_TIMEOUT = 120_000;
const TICK_INTERVAL = 250;
/** A longer time between two ticks means that the page was frozen or throttled: the rest of it does not count as silence. */
const MAX_TICK = 1000;
const PING_INTERVAL = 1000;
/** A worker that has run for so long resets the number of restarts. */
const STABLE_AFTER = 30_000;
/** Milliseconds before each restart; when all have failed without progress in between, only the visitor can restart it. */
export const RESTART_DELAYS: readonly number[] = [0, 1000, 3000];

export class Supervisor<Command, Event> {
  readonly #options: SupervisorOptions<Event>;
  #worker: WorkerLike | null = null;
  #ticks: ReturnType<typeof setInterval> | undefined;
  #pendingRestart: ReturnType<typeof setTimeout> | undefined;
  /** Restarts since the last progress. */
  #restarts = 0;
  #hasResponded = false;
  /** Milliseconds since the worker last sent something. */
  #silence = 0;
  #sincePing = 0;
  #uptime = 0;
  #lastTick = 0;
  /** The longest silence that the present worker has recovered from. */
  #longestSilence = 0;
  /** The timeout that the last heartbeat announced. */
  #announcedTimeout = 0;

  constructor(options: SupervisorOptions<Event>) {
    this.#options = options;
  }

  /** True from `start` until `terminate` or the final failure, also while a restart is pending. */
  get isActive(): boolean {
    return this.#worker !== null || this.#pendingRestart !== undefined;
  }

  /** Starts a worker if there is none, and resets the number of restarts. */
  start(): void {
    if (this.#worker) return;
    this.#restarts = 0;
    this.#startWorker();
  }

  /** Dropped while there is no worker: `onStart` sends what still applies. */
  send(command: Command | PingCommand): void {
    this.#worker?.postMessage(command);
  }

  /** To be called on progress: the next failure counts as the first again. */
  resetRestarts(): void {
    this.#restarts = 0;
  }

  /** Terminates a worker that has reported that it cannot continue, and restarts it as after a crash. */
  fail(failure: WorkerFailure): void {
    if (!this.#worker) return;
    this.terminate();
    const delay = RESTART_DELAYS[this.#restarts++];
    if (delay !== undefined) this.#pendingRestart = setTimeout(() => this.#startWorker(), delay);
    this.#options.onFailure(failure, delay === undefined);
  }

  /** Terminates the worker without a restart; none of its events is delivered any more. */
  terminate(): void {
    clearInterval(this.#ticks);
    clearTimeout(this.#pendingRestart);
    this.#pendingRestart = undefined;
    this.#worker?.terminate();
    this.#worker = null;
  }

  #startWorker(): void {
    clearTimeout(this.#pendingRestart);
    this.#pendingRestart = undefined;
    this.#hasResponded = false;
    this.#silence = 0;
    this.#sincePing = 0;
    this.#uptime = 0;
    this.#longestSilence = 0;
    this.#announcedTimeout = 0;
    this.#lastTick = performance.now();
    const worker = this.#options.startWorker();
    this.#worker = worker;
    worker.addEventListener('message', (message) => {
      if (this.#worker === worker) this.#onMessage((message as MessageEvent<Event | HeartbeatEvent>).data);
    });
    worker.addEventListener('error', (error) => {
      if (this.#worker !== worker) return;
      // A script that could not be fetched fails without a message.
      const { message } = error as ErrorEvent;
      this.fail({ kind: this.#hasResponded || message ? 'crashed' : 'load failed', message: message ?? '' });
    });
    this.#ticks = setInterval(() => this.#tick(), TICK_INTERVAL);
    this.#options.onStart();
  }

  #onMessage(event: Event | HeartbeatEvent): void {
    if (this.#hasResponded) this.#longestSilence = Math.max(this.#longestSilence, this.#silence);
    this.#hasResponded = true;
    this.#silence = 0;
    const isHeartbeat = (event as HeartbeatEvent).type === 'heartbeat';
    if (isHeartbeat) this.#announcedTimeout = (event as HeartbeatEvent).timeout ?? 0;
    else this.#options.onEvent(event as Event);
  }

  #tick(): void {
    const now = performance.now();
    const passed = Math.min(now - this.#lastTick, MAX_TICK);
    this.#lastTick = now;
    this.#silence += passed;
    this.#sincePing += passed;
    this.#uptime += passed;
    if (this.#hasResponded && this.#uptime > STABLE_AFTER) this.#restarts = 0;
    if (this.#silence > this.#timeout()) {
      this.fail(
        this.#hasResponded
          ? { kind: 'unresponsive', milliseconds: Math.round(this.#silence) }
          : { kind: 'load failed', message: '' },
      );
      return;
    }
    if (this.#sincePing < PING_INTERVAL) return;
    this.#sincePing = 0;
    this.send({ type: 'ping' });
  }

  #timeout(): number {
    if (!this.#hasResponded) return LOAD_TIMEOUT;
    const wanted = Math.max(HEARTBEAT_TIMEOUT, TIMEOUT_FACTOR * this.#longestSilence, this.#announcedTimeout);
    return Math.min(MAX_TIMEOUT, wanted);
  }
}
