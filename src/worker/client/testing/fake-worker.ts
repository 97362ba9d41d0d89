// A worker for tests of the page's side: it records the commands that it is sent, and the test sends its events.

import type { PingCommand } from '../../protocol.ts';
import type { WorkerLike } from '../supervisor.ts';

class FakeWorker<Command extends { readonly type: string }, Event> {
  /** The commands that it was sent, except pings. */
  commands: Command[] = [];
  pings = 0;
  isTerminated = false;
  readonly #listeners = new Map<string, (event: unknown) => void>();

  postMessage(command: Command | PingCommand): void {
    if (command.type === 'ping') this.pings++;
    else this.commands.push(command as Command);
  }
  addEventListener(type: string, listener: unknown): void {
    this.#listeners.set(type, listener as (event: unknown) => void);
  }
  terminate(): void {
    this.isTerminated = true;
  }
  emit(event: Event): void {
    this.#listeners.get('message')?.({ data: event });
  }
  /** An uncaught error; without a message, as when a script cannot be fetched. */
  crash(message?: string): void {
    this.#listeners.get('error')?.(message === undefined ? {} : { message });
  }
}

/** A factory of such workers, and all that it has made. */
export function fakeWorkers<Command extends { readonly type: string }, Event>() {
  const workers: FakeWorker<Command, Event>[] = [];
  const startWorker = (): WorkerLike => {
    const worker = new FakeWorker<Command, Event>();
    workers.push(worker);
    return worker as unknown as WorkerLike;
  };
  const latest = () => workers[workers.length - 1];
  return { workers, startWorker, latest };
}
