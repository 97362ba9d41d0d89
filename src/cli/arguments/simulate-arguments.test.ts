import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readExperiment } from './read-experiment.ts';
import { parseAccuraciesArguments, parseSimulateArguments, UsageError } from './simulate-arguments.ts';

describe('the command line', () => {
  it('needs no arguments: the default experiment, on wasm', () => {
    expect(parseSimulateArguments([])).toEqual({ file: null, rounds: null, seed: null, backend: 'wasm' });
  });

  it('takes a file, and options before and after it', () => {
    expect(parseSimulateArguments(['--rounds', '3', 'my.json', '--seed=5', '--backend', 'cpu'])).toEqual({
      file: 'my.json',
      rounds: 3,
      seed: 5,
      backend: 'cpu',
    });
  });

  it.each([
    [['--rounds', 'many'], '--rounds takes a whole number from 1 to 10000, not "many".'],
    [['--seed', '-1'], '--seed takes a whole number from 0 to 4294967295, not "-1".'],
    [['--seed=-1'], '--seed takes a whole number from 0 to 4294967295, not "-1".'],
    [['--seed', '1e3'], '--seed takes a whole number from 0 to 4294967295, not "1e3".'],
    [['--seed', '0x10'], '--seed takes a whole number from 0 to 4294967295, not "0x10".'],
    [['--seed', '9'.repeat(99)], /^--seed takes a whole number from 0 to 4294967295, not "9{59}…"\.$/],
    [['--rounds'], '--rounds needs a value; see --help.'],
    [['--seed', '--rounds', '3'], '--seed needs a value; see --help.'],
    [['--backend', 'a\u001b[31m\n'], '--backend is wasm or cpu, not "a\\u001b[31m\\u000a".'],
    [['--\u001b[31m'], "Unknown option '--\\u001b[31m'; see --help."],
    [['--backend', 'webgl'], '--backend is wasm or cpu, not "webgl".'],
    [['a.json', 'b.json'], 'simulate takes one experiment file, not 2 (a.json, b.json).'],
    [['--round', '3'], "Unknown option '--round'; see --help."],
  ])('refuses %j with one sentence', (argv, message) => {
    expect(() => parseSimulateArguments(argv)).toThrow(message instanceof RegExp ? message : new UsageError(message));
  });

  it('names the command that was given two files', () => {
    expect(() => parseSimulateArguments(['a.json', 'b.json'], 'efficiency')).toThrow(
      'efficiency takes one experiment file, not 2 (a.json, b.json).',
    );
  });

  it.each([
    [['mine.json'], 'experiment file'],
    [['--rounds', '3'], '--rounds'],
    [['--seed', '5', '--backend', 'cpu'], '--seed'],
  ])('what is published has its own experiments and seeds: accuracies refuses %j', (argv, what) => {
    expect(() => parseAccuraciesArguments(argv)).toThrow(
      `accuracies measures what is published, and takes no ${what}; see --help.`,
    );
  });

  it('accuracies takes the backend', () => {
    expect(parseAccuraciesArguments([])).toBe('wasm');
    expect(parseAccuraciesArguments(['--backend', 'cpu'])).toBe('cpu');
  });

  it('refuses rounds and seeds of the file that cannot be, also where the command line gives others', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'fogline-'));
    const file = join(folder, 'experiment.json');
    try {
      writeFileSync(file, '{"rounds":20001}');
      const read = (rounds: number | null) => readExperiment({ file, rounds, seed: 5, backend: 'wasm' });
      await expect(read(1)).rejects.toThrow('rounds must be a whole number from 1 to 10000, not 20001.');
      writeFileSync(file, '{"rounds":7}');
      expect(await read(1)).toMatchObject({ rounds: 1, seed: 5 });
      expect(await read(null)).toMatchObject({ rounds: 7, seed: 5 });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('refuses a file that is not there, or holds no experiment', async () => {
    const read = (file: string) => readExperiment({ file, rounds: null, seed: null, backend: 'wasm' });
    await expect(read('nowhere.json')).rejects.toThrow('The experiment file nowhere.json cannot be read.');
    await expect(read('README.md')).rejects.toThrow(/^README\.md is not JSON: .*\.$/);
  });

  it('overrides the file’s rounds and seed', async () => {
    const experiment = await readExperiment({ file: 'examples/plain.json', rounds: 3, seed: 5, backend: 'wasm' });
    expect(experiment).toMatchObject({ rounds: 3, seed: 5, data: { dataset: 'weather-stations' } });
  });
});
