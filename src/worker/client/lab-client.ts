// The page's side of the lab worker. Each task has a worker of its own, which is terminated with it; one that fails is restarted
// and continues with what is not measured yet.

import type { BackendId, LabCommand, LabEvent } from '../protocol.ts';
import { Supervisor, type WorkerFailure, type WorkerLike } from './supervisor.ts';

export type { WorkerLike } from './supervisor.ts';

export type TaskEvent =
  | Exclude<LabEvent, { type: 'heartbeat' | 'failed' }>
  /** The worker failed and is restarted; `isFinal`: it is not, and the task is over. */
  | { readonly type: 'worker failed'; readonly failure: WorkerFailure; readonly isFinal: boolean }
  | { readonly type: 'failed'; readonly message: string };

/** Starts a task. Returns the function that cancels it: no event of it is delivered after that. */
export function startTask(
  startWorker: () => WorkerLike,
  initialCommand: LabCommand,
  onEvent: (event: TaskEvent) => void,
): () => void {
  let command = initialCommand;
  let failures = 0;
  const switchBackend = () => {
    command = { ...command, backend: fallbackFor(command.backend) };
  };
  const supervisor = new Supervisor<LabCommand, LabEvent>({
    startWorker,
    onStart: () => supervisor.send(command),
    onFailure: (failure, isFinal) => {
      failures++;
      // Two failures without a measurement in between may be the backend's fault.
      if (failures > 1) switchBackend();
      onEvent({ type: 'worker failed', failure, isFinal });
    },
    onEvent: (event) => {
      if (event.type === 'heartbeat') return;
      if (event.type === 'failed') {
        const { kind, message } = event;
        if (kind === 'backend lost') switchBackend();
        if (kind === 'invalid experiment') {
          supervisor.terminate();
          onEvent({ type: 'failed', message });
        } else supervisor.fail({ kind: kind === 'load failed' ? kind : 'crashed', message });
        return;
      }
      if (event.type === 'measured') {
        failures = 0;
        supervisor.resetRestarts();
        if (command.type === 'measure') command = { ...command, measured: [...command.measured, event.row] };
      } else if (event.type !== 'progress') supervisor.terminate();
      onEvent(event);
    },
  });
  supervisor.start();
  return () => supervisor.terminate();
}

const fallbackFor = (backend: BackendId): BackendId => (backend === 'webgl' ? 'wasm' : 'cpu');
