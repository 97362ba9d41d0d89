// Runs of the efficiency table, distributed over the machine's cores. Each run is computed by one process, so the results do not
// depend on the number of processes.

import { type ChildProcess, fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Experiment } from '../../sim/experiment/experiment.ts';
import type { Measurement } from '../../sim/lab/efficiency/efficiency.ts';
import type { SimulateArguments } from '../arguments/simulate-arguments.ts';

export interface MeasureTask {
  readonly experiment: Experiment;
  /** Id of a pipeline. */
  readonly pipeline: string;
}

export interface MeasureRequest extends MeasureTask {
  readonly backend: SimulateArguments['backend'];
}

export type MeasureResponse = { readonly measurement: Measurement } | { readonly failure: string };

const script = fileURLToPath(new URL('./measure-process.ts', import.meta.url));

/** Sends a request to a process, and waits for its response. */
const measureIn = (child: ChildProcess, request: MeasureRequest): Promise<MeasureResponse> =>
  new Promise((resolve, reject) => {
    const onExit = (code: number | null) => reject(new Error(`A measuring process exited unexpectedly (${code}).`));
    child.once('exit', onExit);
    child.once('message', (response) => {
      child.off('exit', onExit);
      resolve(response as MeasureResponse);
    });
    child.send(request);
  });

/**
 * @param onProgress called after each run
 * @returns the measurements, in the order of the tasks
 * @throws {Error} the error of the first run that failed
 */
export async function measureInParallel(
  tasks: readonly MeasureTask[],
  backend: MeasureRequest['backend'],
  onProgress: (done: number, task: MeasureTask) => void,
): Promise<Measurement[]> {
  const measured: Measurement[] = [];
  let next = 0;
  let done = 0;
  const runTasks = async () => {
    const child = fork(script, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    try {
      while (next < tasks.length) {
        const index = next++;
        const response = await measureIn(child, { ...tasks[index], backend });
        if ('failure' in response) throw new Error(response.failure);
        measured[index] = response.measurement;
        onProgress(++done, tasks[index]);
      }
    } finally {
      child.kill();
    }
  };
  const processes = Math.min(availableParallelism(), tasks.length);
  const results = await Promise.allSettled(Array.from({ length: processes }, runTasks));
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
  return measured;
}
