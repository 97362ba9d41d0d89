// Many runs of the efficiency table, shared out over the machine's cores: each run is a process's, so what comes out does not
// depend on how many there are.

import { type ChildProcess, fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Experiment } from '../../sim/experiment/experiment.ts';
import type { Measurement } from '../../sim/lab/efficiency.ts';
import type { SimulateArguments } from '../arguments/simulate-arguments.ts';

export interface MeasureTask {
  readonly experiment: Experiment;
  /** Id of a pipeline. */
  readonly pipeline: string;
}

export interface MeasureRequest extends MeasureTask {
  readonly backend: SimulateArguments['backend'];
}

export type MeasureAnswer = { readonly measurement: Measurement } | { readonly failure: string };

const script = fileURLToPath(new URL('./measure-process.ts', import.meta.url));

/** Asks a process to measure, and waits for it. */
const ask = (child: ChildProcess, request: MeasureRequest): Promise<MeasureAnswer> =>
  new Promise((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`A process that measures ended by itself (${code}).`));
    child.once('exit', ended);
    child.once('message', (answer) => {
      child.off('exit', ended);
      resolve(answer as MeasureAnswer);
    });
    child.send(request);
  });

/**
 * @param onDone told after each run
 * @returns in the order of the tasks
 * @throws {Error} what a run failed with
 */
export async function measureAll(
  tasks: readonly MeasureTask[],
  backend: MeasureRequest['backend'],
  onDone: (done: number, task: MeasureTask) => void,
): Promise<Measurement[]> {
  const measured: Measurement[] = [];
  let next = 0;
  let done = 0;
  const work = async () => {
    const child = fork(script, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    try {
      while (next < tasks.length) {
        const index = next++;
        const answer = await ask(child, { ...tasks[index], backend });
        if ('failure' in answer) throw new Error(answer.failure);
        measured[index] = answer.measurement;
        onDone(++done, tasks[index]);
      }
    } finally {
      child.kill();
    }
  };
  const children = Math.min(availableParallelism(), tasks.length);
  const results = await Promise.allSettled(Array.from({ length: children }, work));
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
  return measured;
}
