// What the command line makes of an experiment file, in this process: everything up to the first round.

import type { Experiment } from '../../sim/experiment/experiment.ts';
import { prepare } from '../arguments/read-experiment.ts';
import { isExpected } from '../run-command.ts';

export interface Answer {
  /** 0 if a run would begin. */
  readonly code: 0 | 2;
  /** What is written to stderr, without its line's end; empty if nothing is. */
  readonly words: string;
  readonly experiment: Experiment | null;
  readonly milliseconds: number;
}

/** @throws whatever is not a sentence for people. */
export async function answer(file: string): Promise<Answer> {
  const began = performance.now();
  try {
    const { experiment, remark } = await prepare([file], 'simulate');
    return { code: 0, words: remark ?? '', experiment, milliseconds: performance.now() - began };
  } catch (error) {
    if (!isExpected(error)) throw error;
    return { code: 2, words: error.message, experiment: null, milliseconds: performance.now() - began };
  }
}

/** One printable line of bounded length that ends as a sentence does. */
const CLEAN = /^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]{1,999}\.$/u;

/** Why an answer is not as it should be; null if it is. */
export function faultOf({ code, words, milliseconds }: Pick<Answer, 'code' | 'words' | 'milliseconds'>): string | null {
  if (code === 2 && words === '') return 'no sentence';
  if (words !== '' && !CLEAN.test(words)) return `not one clean line: ${JSON.stringify(words.slice(0, 300))}`;
  if (milliseconds > 2000) return `took ${milliseconds.toFixed(0)} ms`;
  return null;
}
