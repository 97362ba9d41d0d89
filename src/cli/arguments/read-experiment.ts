// The first step of every command: its arguments, the experiment file, and the settings that have no effect.

import { type FileHandle, open } from 'node:fs/promises';
import type { Experiment } from '../../sim/experiment/experiment.ts';
import { parseExperiment } from '../../sim/experiment/parse-experiment.ts';
import { sentenceOnSettingsWithoutEffect } from '../../sim/experiment/settings-in-effect.ts';
import { withFileVersion } from '../../sim/experiment/versions.ts';
import { printableText } from '../../sim/printable-text.ts';
import { parseSimulateArguments, type SimulateArguments, UsageError } from './simulate-arguments.ts';

/** Bytes. A fleet of 10,000 devices with every figure of each edited by hand is some 3 MB. */
const MAX_FILE_BYTES = 5_000_000;

export interface CommandInput {
  readonly options: SimulateArguments;
  readonly experiment: Experiment;
  /** A sentence on settings that were changed and have no effect; null if there are none. */
  readonly warning: string | null;
}

/**
 * @param command name of the command, for error messages
 * @throws {UsageError | ExperimentError} one sentence
 */
export async function readCommandInput(argv: readonly string[], command: string): Promise<CommandInput> {
  const options = parseSimulateArguments(argv, command);
  const experiment = await readExperiment(options);
  return { options, experiment, warning: sentenceOnSettingsWithoutEffect(experiment) };
}

/** The file's experiment (the default one without a file), with the rounds and seed of the command line. */
export async function readExperiment({ file, rounds, seed }: SimulateArguments): Promise<Experiment> {
  const settings = file === null ? {} : withFileVersion(await readJson(file));
  // The file must be valid by itself, also where the command line overrides it.
  const experiment = parseExperiment(settings);
  if (rounds === null && seed === null) return experiment;
  return parseExperiment({ ...settings, ...(rounds === null ? {} : { rounds }), ...(seed === null ? {} : { seed }) });
}

async function readJson(file: string): Promise<object> {
  const name = printableText(file, 120);
  const text = await readText(file, name);
  if (text.trim() === '') {
    throw new UsageError(`${name} is empty; it must hold one JSON object, the experiment (at least {}).`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    // The reason may quote the file, line breaks included.
    throw new UsageError(`${name} is not JSON: ${printableText(reason.replace(/\s+/g, ' '), 160)}.`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new UsageError(`${name} must hold one JSON object, the experiment.`);
  }
  return value;
}

const tooLarge = (name: string): UsageError =>
  new UsageError(`${name} is larger than ${MAX_FILE_BYTES / 1e6} MB, which no experiment is.`);

/** The file's text without its byte order mark, up to the limit; also from a pipe or /dev/stdin. */
async function readText(file: string, name: string): Promise<string> {
  let bytes: Uint8Array;
  let handle: FileHandle | undefined;
  try {
    handle = await open(file, 'r');
    const stat = await handle.stat();
    if (stat.isDirectory()) throw new UsageError(`${name} is a directory, not an experiment file.`);
    if (stat.isFile() && stat.size > MAX_FILE_BYTES) throw tooLarge(name);
    bytes = await readUpTo(MAX_FILE_BYTES + 1, handle);
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError(`The experiment file ${name} cannot be read.`);
  } finally {
    await handle?.close();
  }
  if (bytes.length > MAX_FILE_BYTES) throw tooLarge(name);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UsageError(`${name} is not UTF-8 text; an experiment file is JSON in UTF-8.`);
  }
}

const CHUNK = 65_536;

/** At most `maxBytes` of the file, because a device such as /dev/zero has no end. */
async function readUpTo(maxBytes: number, handle: FileHandle): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for (let left = maxBytes; left > 0; ) {
    const chunk = new Uint8Array(Math.min(CHUNK, left));
    const { bytesRead } = await handle.read(chunk, 0, chunk.length, null);
    if (bytesRead === 0) break;
    chunks.push(chunk.subarray(0, bytesRead));
    left -= bytesRead;
  }
  return Buffer.concat(chunks);
}
