// The command-line arguments of `npm run simulate`, which the other commands take too.

import { parseArgs } from 'node:util';
import { settings } from '../../sim/experiment/experiment.ts';
import { printableSentence, printableText } from '../../sim/printable-text.ts';
import type { BackendName } from '../../training/backend/backend.ts';

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
  --experiment      prints the experiment with all its settings, as JSON of the present version, and runs nothing
`;

export class UsageError extends Error {
  override readonly name = 'UsageError';

  constructor(message: string) {
    super(printableSentence(message));
  }
}

const valueOptions = { rounds: { type: 'string' }, seed: { type: 'string' }, backend: { type: 'string' } } as const;

/** A whole number within the range of the setting of this name. */
function parseWholeNumber(name: 'rounds' | 'seed', text: string | undefined): number | null {
  if (text === undefined) return null;
  const setting = settings.get(name);
  const [min, max] = setting?.kind === 'number' ? [setting.min, setting.max] : [0, Number.MAX_SAFE_INTEGER];
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= min && value <= max)) {
    throw new UsageError(`--${name} takes a whole number from ${min} to ${max}, not "${printableText(text)}".`);
  }
  return value;
}

/**
 * Joins an option and its value if that starts with a minus sign, which parseArgs would read as another option: --seed -1 becomes
 * --seed=-1.
 * @param names of the options that take a value
 * @throws {UsageError} if one has none
 */
export function joinOptionValues(argv: readonly string[], names: readonly string[]): string[] {
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
 * @param command name of the command, for error messages
 * @throws {UsageError} one sentence, on an unknown option or an invalid value.
 */
export function parseSimulateArguments(argv: readonly string[], command = 'simulate'): SimulateArguments {
  let parsed: { values: { rounds?: string; seed?: string; backend?: string }; positionals: string[] };
  try {
    parsed = parseArgs({
      args: joinOptionValues(argv, Object.keys(valueOptions)),
      allowPositionals: true,
      options: valueOptions,
    });
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const message = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${printableText(message.split(/[\n.]/)[0], 120)}; see --help.`);
  }
  const { values, positionals } = parsed;
  if (positionals.length > 1) {
    const files = printableText(positionals.join(', '));
    throw new UsageError(`${command} takes one experiment file, not ${positionals.length} (${files}).`);
  }
  const backend = values.backend ?? 'wasm';
  if (backend !== 'wasm' && backend !== 'cpu') {
    throw new UsageError(`--backend is wasm or cpu, not "${printableText(backend)}".`);
  }
  return {
    file: positionals[0] ?? null,
    rounds: parseWholeNumber('rounds', values.rounds),
    seed: parseWholeNumber('seed', values.seed),
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
export function parseAccuraciesArguments(argv: readonly string[]): SimulateArguments['backend'] {
  const { file, rounds, seed, backend } = parseSimulateArguments(argv, 'accuracies');
  const refused = file !== null ? 'experiment file' : rounds !== null ? '--rounds' : seed !== null ? '--seed' : null;
  if (refused !== null)
    throw new UsageError(`accuracies measures what is published, and takes no ${refused}; see --help.`);
  return backend;
}
