// The command-line arguments of `npm run efficiency` besides those of `npm run simulate`.

import { parseArgs } from 'node:util';
import { printableText } from '../../sim/printable-text.ts';
import { joinOptionValues, UsageError } from './simulate-arguments.ts';

export interface EfficiencyOptions {
  /** Runs of each pipeline. */
  readonly seeds: number;
  /** JSON instead of Markdown. */
  readonly json: boolean;
  /** For `parseSimulateArguments`. */
  readonly remaining: readonly string[];
}

const MAX_SEEDS = 100;

/** @throws {UsageError} one sentence, on an invalid number of seeds. */
export function parseEfficiencyArguments(argv: readonly string[]): EfficiencyOptions {
  const args = joinOptionValues(argv, ['seeds']);
  const { tokens } = parseArgs({
    args,
    strict: false,
    tokens: true,
    options: { seeds: { type: 'string' }, json: { type: 'boolean' } },
  });
  let seeds = 1;
  let json = false;
  const consumed = new Set<number>();
  for (const token of tokens) {
    if (token.kind !== 'option' || (token.name !== 'seeds' && token.name !== 'json')) continue;
    consumed.add(token.index);
    if (token.name === 'json') {
      json = true;
      continue;
    }
    if (!token.inlineValue) consumed.add(token.index + 1);
    const text = token.value ?? '';
    if (!/^\d+$/.test(text) || Number(text) < 1 || Number(text) > MAX_SEEDS)
      throw new UsageError(`--seeds takes a whole number from 1 to ${MAX_SEEDS}, not "${printableText(text)}".`);
    seeds = Number(text);
  }
  return { seeds, json, remaining: args.filter((_, index) => !consumed.has(index)) };
}
