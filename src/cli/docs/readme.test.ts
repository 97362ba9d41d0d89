// The README says what is so: its files are there, its experiments run, and nothing of the registries is left out.

import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { run } from '../../sim/engine/run.ts';
import { settings } from '../../sim/experiment/experiment.ts';
import { parseExperiment } from '../../sim/experiment/parse-experiment.ts';
import { type RoundRecord, statuses } from '../../sim/record/record.ts';
import { selections } from '../../sim/selection/index.ts';
import { trivialTrainer } from '../../sim/testing/trivial-trainer.ts';
import { listSettings } from '../arguments/list-settings.ts';
import { readAsset } from '../read-asset.ts';
import { toLine } from '../simulate/to-line.ts';

const root = new URL('../../../', import.meta.url);
const readme = readFileSync(new URL('README.md', root), 'utf8');
const scripts: object = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')).scripts;

/** What stands between `ticks`, but for the blocks. */
const quoted = [...readme.replace(/```[\s\S]*?```/g, '').matchAll(/`([^`]+)`/g)].map(([, text]) => text);
const paths = [
  ...quoted.filter((text) => /^(src|e2e|examples|docs|scripts|\.github)\//.test(text)),
  ...[...readme.matchAll(/(?:\]\(|src=")([^)"#][^)"]*)[)"]/g)].map(([, target]) => target),
].filter((path) => !path.startsWith('http'));

describe('the README', () => {
  it.each([...new Set(paths)])('names %s, which is there', (path) => {
    expect(existsSync(new URL(path, root))).toBe(true);
  });

  it('names commands that are there', () => {
    const commands = [...readme.matchAll(/npm run (?:--silent )?([\w:]+)/g)].map(([, name]) => name);
    expect(commands.length).toBeGreaterThan(5);
    for (const name of commands) expect(scripts).toHaveProperty([name]);
  });

  it('shows experiments that run', async () => {
    const examples = [...readme.matchAll(/```json\n([\s\S]*?)```/g)].map(([, text]) => JSON.parse(text));
    expect(examples).toHaveLength(2);
    for (const example of examples) {
      const experiment = parseExperiment({ ...example, rounds: 2 });
      const lines: object[] = [];
      for await (const record of run(experiment, trivialTrainer, { readAsset })) lines.push(toLine(record));
      expect(lines).toHaveLength(2);
    }
  });

  it('explains every field of a line, every reason for absence and every policy', async () => {
    const records: RoundRecord[] = [];
    const experiment = parseExperiment({ rounds: 1, data: { dataset: 'tutorial-noise' } });
    for await (const record of run(experiment, trivialTrainer, { readAsset })) records.push(record);
    const wanted = [
      ...records.flatMap((record) => Object.keys(toLine(record))),
      'wall_ms',
      ...statuses.filter((status) => status !== 'trained'),
      ...Object.keys(selections),
    ];
    expect(wanted.filter((each) => !quoted.includes(each))).toEqual([]);
  });
});

it.each(['README.md', 'CHANGELOG.md'])('%s names settings that are there', (file) => {
  const sections = [...new Set([...settings.keys()].map((path) => path.split('.')[0]))];
  const named = readFileSync(new URL(file, root), 'utf8').matchAll(
    new RegExp(`\`((?:${sections.join('|')})\\.\\w+)\``, 'g'),
  );
  const paths = [...named].map(([, path]) => path);
  expect(paths.length).toBeGreaterThan(1);
  expect(paths.filter((path) => !settings.has(path))).toEqual([]);
});

it('--settings lists every setting with its help', () => {
  const text = listSettings();
  for (const [path, { help }] of settings) {
    expect(text).toContain(`${path} `);
    expect(text).toContain(help);
  }
});
