// docs/extending.md: its worked examples, applied to a copy of the project, pass TypeScript, Biome and the registries' own tests, and
// the experiments that it shows run.

import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registries } from './generated.ts';
import { withChange, workedExamplesIn } from './worked-examples.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const text = readFileSync(new URL('../../../docs/extending.md', import.meta.url), 'utf8');
const { files, changes, experiments } = workedExamplesIn(text);

/** The registries' own tests: each loops over all entries. */
const suites = [
  'src/sim/aggregators/aggregators.test.ts',
  'src/sim/compression/adaptive',
  'src/sim/compression/wire/bounded-decoding.test.ts',
  'src/sim/compression/codec.test.ts',
  'src/sim/compression/indices',
  'src/sim/compression/quantisers/unbiased.test.ts',
  'src/sim/data/datasets/index.test.ts',
  'src/sim/data/partition',
  'src/sim/fleet/charging',
  'src/sim/fleet/profiles/profiles.test.ts',
  'src/sim/lab/efficiency',
  'src/sim/lessons',
  'src/sim/model/models.test.ts',
  'src/sim/network/availability',
  'src/sim/network/traces',
  'src/sim/optimisers',
  'src/sim/schedules',
  'src/sim/selection/selection.test.ts',
  'src/sim/strategies',
  'src/worked-examples.test.ts',
];

/** Runs the page's experiments for two rounds each, in the copy. */
const runner = `
import { expect, it } from 'vitest';
import { run } from './sim/engine/run.ts';
import { parseExperiment } from './sim/experiment/parse-experiment.ts';
import { trivialTrainer } from './sim/testing/trivial-trainer.ts';
import { readAsset } from './cli/shared/read-asset.ts';

const experiments: readonly object[] = ${JSON.stringify(experiments)};

it.each(experiments.map((experiment) => [JSON.stringify(experiment), experiment]))('%s', async (_, experiment) => {
  const records = [];
  for await (const record of run(parseExperiment({ ...experiment, rounds: 2 }), trivialTrainer, { readAsset })) records.push(record);
  expect(records).toHaveLength(2);
});
`;

const copy = mkdtempSync(join(tmpdir(), 'fogline-extending-'));
afterAll(() => rmSync(copy, { recursive: true, force: true }));

interface Ended {
  readonly status: number | null;
  readonly output: string;
}

/** Runs a package's program in the copy. */
function runTool(program: string, args: readonly string[]): Promise<Ended> {
  const child = spawn(process.execPath, [join(root, 'node_modules', program), ...args], { cwd: copy });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => resolve({ status, output }));
  });
}

beforeAll(() => {
  for (const each of ['src', 'package.json', 'tsconfig.json', 'biome.json', 'examples'])
    cpSync(join(root, each), join(copy, each), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'dir');
  const config = JSON.parse(readFileSync(join(copy, 'tsconfig.json'), 'utf8'));
  writeFileSync(join(copy, 'tsconfig.json'), JSON.stringify({ ...config, include: ['src'] }));
  for (const [path, block] of files) writeFileSync(join(copy, path), block);
  for (const { path, diff } of changes)
    writeFileSync(join(copy, path), withChange(readFileSync(join(copy, path), 'utf8'), diff));
  writeFileSync(join(copy, 'src/worked-examples.test.ts'), runner);
});

it('there is an example of every registry', () => {
  const valueAt = (experiment: unknown, path: string): unknown =>
    path.split('.').reduce((value, key) => (value as Record<string, unknown> | undefined)?.[key], experiment);
  const without = registries.filter(({ chosenBy, entries }) => {
    const chosen = experiments.map((experiment) => valueAt(experiment, chosenBy.replace('*', 'device')));
    return !chosen.some((id) => typeof id === 'string' && !(id in entries));
  });
  expect(without.map(({ title }) => title)).toEqual([]);
});

/** Three tools at once on a busy machine. */
const PATIENCE = 300_000;

describe('the worked examples', { timeout: PATIENCE }, () => {
  it('meet suites that are there', () => {
    expect(suites.filter((path) => !existsSync(join(copy, path)))).toEqual([]);
  });

  it('pass TypeScript', async () => {
    const { output, status } = await runTool('typescript/bin/tsc', []);
    expect(output).toBe('');
    expect(status).toBe(0);
  });

  it('pass Biome’s rules, and new files its format', async () => {
    const changed = changes.map(({ path }) => path);
    const { output, status } = await runTool('@biomejs/biome/bin/biome', [
      'check',
      '--error-on-warnings',
      '--colors=off',
      ...files.keys(),
    ]);
    expect(status, output).toBe(0);
    const lint = await runTool('@biomejs/biome/bin/biome', ['lint', '--error-on-warnings', '--colors=off', ...changed]);
    expect(lint.status, lint.output).toBe(0);
  });

  it('pass the registries’ own tests, and run', async () => {
    const report = join(copy, 'report.json');
    const { output, status } = await runTool('vitest/vitest.mjs', [
      'run',
      ...suites,
      '--reporter=json',
      `--outputFile=${report}`,
    ]);
    expect(existsSync(report), output).toBe(true);
    const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as {
      testResults: {
        message: string;
        assertionResults: { fullName: string; status: string; failureMessages: string[] }[];
      }[];
    };
    const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
    const failed = tests.filter((each) => each.status !== 'passed');
    expect(failed.map(({ fullName, failureMessages }) => `${fullName}: ${failureMessages[0]}`)).toEqual([]);
    expect(status, output).toBe(0);
    // Each new entry met the tests that loop over its registry, or ran.
    const ids = [...files.values()].flatMap((block) => [...block.matchAll(/^ {2}id: '([^']+)'/gm)].map(([, id]) => id));
    expect(ids.length).toBeGreaterThan(10);
    expect(ids.filter((id) => !tests.some(({ fullName }) => fullName.includes(id)))).toEqual([]);
  });
});
