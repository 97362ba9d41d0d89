// The page's end of the line to the lab's worker. Each task gets a worker of its own, which ends with it; one that is lost is
// replaced, and goes on with what is not measured yet.

import type { BackendId, LabCommand, LabEvent } from '../protocol.ts';
import { type Loss, Supervisor, type WorkerLike } from './supervisor.ts';

export type { WorkerLike } from './supervisor.ts';

/** What is heard of a task. */
export type TaskEvent =
  | Exclude<LabEvent, { type: 'alive' | 'failed' }>
  /** The worker was lost and is started again; `isLast`: it is not, and the task is over. */
  | { readonly type: 'lost'; readonly loss: Loss; readonly isLast: boolean }
  | { readonly type: 'failed'; readonly message: string };

/** Begins a task. Returns the way to call it off: after that nothing more is heard of it. */
export function startTask(
  startWorker: () => WorkerLike,
  command: LabCommand,
  receive: (event: TaskEvent) => void,
): () => void {
  let wanted = command;
  let losses = 0;
  const supervisor = new Supervisor<LabCommand, LabEvent>({
    startWorker,
    onStart: () => supervisor.send(wanted),
    onLoss: (loss, isLast) => {
      losses++;
      // What fails twice at the same place may be the backend's fault.
      if (losses > 1) wanted = { ...wanted, backend: lesserThan(wanted.backend) };
      receive({ type: 'lost', loss, isLast });
    },
    onEvent: (event) => {
      if (event.type === 'alive') return;
      if (event.type === 'failed') {
        const { kind, message } = event;
        if (kind === 'backend lost') wanted = { ...wanted, backend: lesserThan(wanted.backend) };
        if (kind === 'impossible') {
          supervisor.end();
          receive({ type: 'failed', message });
        } else supervisor.lose({ kind: kind === 'not loaded' ? kind : 'crashed', message });
        return;
      }
      if (event.type === 'measured') {
        losses = 0;
        supervisor.succeed();
        if (wanted.type === 'measure') wanted = { ...wanted, measured: [...wanted.measured, event.row] };
      } else if (event.type !== 'progress') supervisor.end();
      receive(event);
    },
  });
  supervisor.start();
  return () => supervisor.end();
}

const lesserThan = (backend: BackendId): BackendId => (backend === 'webgl' ? 'wasm' : 'cpu');
