// Checks an experiment file as the command line does, in this process: everything up to the first round.

import type { Experiment } from '../../sim/experiment/experiment.ts';
import { readCommandInput } from '../arguments/read-experiment.ts';
import { isInputError } from '../shared/run-command.ts';

export interface CheckResult {
  /** 0 if a run would start. */
  readonly exitCode: 0 | 2;
  /** What is written to stderr, without the end of the line; empty if nothing is. */
  readonly stderr: string;
  readonly experiment: Experiment | null;
  readonly milliseconds: number;
}

/** @throws {Error} on an error that is not the input's fault */
export async function checkFile(file: string): Promise<CheckResult> {
  const start = performance.now();
  try {
    const { experiment, warning } = await readCommandInput([file], 'simulate');
    return { exitCode: 0, stderr: warning ?? '', experiment, milliseconds: performance.now() - start };
  } catch (error) {
    if (!isInputError(error)) throw error;
    return { exitCode: 2, stderr: error.message, experiment: null, milliseconds: performance.now() - start };
  }
}

/** One printable line of bounded length that ends with a full stop. */
const CLEAN_LINE = /^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]{1,999}\.$/u;

/** What is wrong with a result; null if nothing is. */
export function faultOf({
  exitCode,
  stderr,
  milliseconds,
}: Pick<CheckResult, 'exitCode' | 'stderr' | 'milliseconds'>): string | null {
  if (exitCode === 2 && stderr === '') return 'no sentence';
  if (stderr !== '' && !CLEAN_LINE.test(stderr)) return `not one clean line: ${JSON.stringify(stderr.slice(0, 300))}`;
  if (milliseconds > 2000) return `took ${milliseconds.toFixed(0)} ms`;
  return null;
}
