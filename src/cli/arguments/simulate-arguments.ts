// What the command line of `npm run simulate` says.

import { parseArgs } from 'node:util';
import { settings } from '../../sim/experiment/experiment.ts';
import { plainSentence, plainText } from '../../sim/plain-text.ts';
import type { BackendName } from '../../training/backend.ts';

export interface SimulateArguments {
  readonly file: string | null;
  readonly rounds: number | null;
  readonly seed: number | null;
  readonly backend: Exclude<BackendName, 'webgl'>;
}

export const usage = `npm run simulate -- [experiment.json] [--rounds N] [--seed S] [--backend wasm|cpu]

  experiment.json   settings that differ from the default, e.g. {"training": {"localEpochs": 2}}
  --rounds N        rounds to run
  --seed S          the same experiment and seed give the same lines
  --backend         where it trains: wasm (default) or cpu
  --settings        prints every setting, with its default and what it may be
`;

export class UsageError extends Error {
  override readonly name = 'UsageError';

  constructor(message: string) {
    super(plainSentence(message));
  }
}

const takesValue = { rounds: { type: 'string' }, seed: { type: 'string' }, backend: { type: 'string' } } as const;

/** A whole number within the range of the setting of this name. */
function wholeNumber(name: 'rounds' | 'seed', text: string | undefined): number | null {
  if (text === undefined) return null;
  const setting = settings.get(name);
  const [min, max] = setting?.kind === 'number' ? [setting.min, setting.max] : [0, Number.MAX_SAFE_INTEGER];
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= min && value <= max)) {
    throw new UsageError(`--${name} takes a whole number from ${min} to ${max}, not "${plainText(text)}".`);
  }
  return value;
}

/**
 * Joins an option and a value that begins with a minus, which parseArgs would take for an option: --seed -1 as --seed=-1.
 * @param names of the options that take a value
 * @throws {UsageError} if one has none
 */
export function joinValues(argv: readonly string[], names: readonly string[]): string[] {
  const end = argv.includes('--') ? argv.indexOf('--') : argv.length;
  const result: string[] = [];
  for (let i = 0; i < argv.length; i++) {
    const next = argv[i + 1];
    const isOption = i < end && argv[i].startsWith('--') && names.includes(argv[i].slice(2));
    if (isOption && (next === undefined || next.startsWith('--')))
      throw new UsageError(`${argv[i]} needs a value; see --help.`);
    if (isOption && next.startsWith('-')) result.push(`${argv[i]}=${argv[++i]}`);
    else result.push(argv[i]);
  }
  return result;
}

/**
 * @param command whose arguments these are, for the sentence
 * @throws {UsageError} one sentence, on an unknown option or a value that cannot be.
 */
export function parseArguments(argv: readonly string[], command = 'simulate'): SimulateArguments {
  let parsed: { values: { rounds?: string; seed?: string; backend?: string }; positionals: string[] };
  try {
    parsed = parseArgs({
      args: joinValues(argv, Object.keys(takesValue)),
      allowPositionals: true,
      options: takesValue,
    });
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const message = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${plainText(message.split(/[\n.]/)[0], 120)}; see --help.`);
  }
  const { values, positionals } = parsed;
  if (positionals.length > 1) {
    const files = plainText(positionals.join(', '));
    throw new UsageError(`${command} takes one experiment file, not ${positionals.length} (${files}).`);
  }
  const backend = values.backend ?? 'wasm';
  if (backend !== 'wasm' && backend !== 'cpu') {
    throw new UsageError(`--backend is wasm or cpu, not "${plainText(backend)}".`);
  }
  return {
    file: positionals[0] ?? null,
    rounds: wholeNumber('rounds', values.rounds),
    seed: wholeNumber('seed', values.seed),
    backend,
  };
}

export const accuraciesUsage = `npm run accuracies -- [--backend wasm|cpu]

  --backend         where it trains: wasm (default) or cpu

Measures the published experiments with the seeds that are published, and writes what docs and lessons say of them.
`;

/**
 * The command line of `npm run accuracies`, which measures what is published and nothing else.
 * @throws {UsageError} one sentence
 */
export function parseAccuracies(argv: readonly string[]): SimulateArguments['backend'] {
  const { file, rounds, seed, backend } = parseArguments(argv, 'accuracies');
  const foreign = file !== null ? 'experiment file' : rounds !== null ? '--rounds' : seed !== null ? '--seed' : null;
  if (foreign !== null)
    throw new UsageError(`accuracies measures what is published, and takes no ${foreign}; see --help.`);
  return backend;
}
