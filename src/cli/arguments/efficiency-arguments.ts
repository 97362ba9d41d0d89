// What the command line of `npm run efficiency` says besides what `npm run simulate` takes too.

import { parseArgs } from 'node:util';
import { plainText } from '../../sim/plain-text.ts';
import { joinValues, UsageError } from './simulate-arguments.ts';

export interface EfficiencyOptions {
  /** Runs of each pipeline. */
  readonly seeds: number;
  /** JSON instead of Markdown. */
  readonly json: boolean;
  /** What `parseArguments` reads. */
  readonly others: readonly string[];
}

const MOST_SEEDS = 100;

/** @throws {UsageError} one sentence, on a number of seeds that cannot be. */
export function readOptions(argv: readonly string[]): EfficiencyOptions {
  const args = joinValues(argv, ['seeds']);
  const { tokens } = parseArgs({
    args,
    strict: false,
    tokens: true,
    options: { seeds: { type: 'string' }, json: { type: 'boolean' } },
  });
  let seeds = 1;
  let json = false;
  const own = new Set<number>();
  for (const token of tokens) {
    if (token.kind !== 'option' || (token.name !== 'seeds' && token.name !== 'json')) continue;
    own.add(token.index);
    if (token.name === 'json') {
      json = true;
      continue;
    }
    if (!token.inlineValue) own.add(token.index + 1);
    const text = token.value ?? '';
    if (!/^\d+$/.test(text) || Number(text) < 1 || Number(text) > MOST_SEEDS)
      throw new UsageError(`--seeds takes a whole number from 1 to ${MOST_SEEDS}, not "${plainText(text)}".`);
    seeds = Number(text);
  }
  return { seeds, json, others: args.filter((_, index) => !own.has(index)) };
}
