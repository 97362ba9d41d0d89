// README, CHANGELOG, CONTRIBUTING and docs/ say what is so: their files, links, commands and settings are there, their experiments
// run, nothing of the registries is left out, and what is taken from the code is as the code has it now.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from '../../sim/engine/run.ts';
import { settings } from '../../sim/experiment/experiment.ts';
import { parseExperiment } from '../../sim/experiment/parse-experiment.ts';
import type { RoundRecord } from '../../sim/record/record.ts';
import { statuses } from '../../sim/record/statuses.ts';
import { trivialTrainer } from '../../sim/testing/trivial-trainer.ts';
import { listSettings } from '../arguments/list-settings.ts';
import { readAsset } from '../shared/read-asset.ts';
import { toOutputLine } from '../simulate/output-line.ts';
import { generatedDocs, papersIn, registries, withGenerated } from './generated.ts';
import { workedExamplesIn } from './worked-examples.ts';

const root = new URL('../../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');
const scripts: object = JSON.parse(read('package.json')).scripts;

const documents = [
  'README.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  ...readdirSync(new URL('docs/', root))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

const withoutBlocks = (text: string): string => text.replace(/```[\s\S]*?```/g, '');

/** What stands between `ticks`, but for the blocks. */
const quotedIn = (text: string): string[] => [...withoutBlocks(text).matchAll(/`([^`\n]+)`/g)].map(([, each]) => each);

/** The anchors that GitHub makes of a document's headings. */
const anchorsOf = (text: string): string[] =>
  [...withoutBlocks(text).matchAll(/^#+ (.+)$/gm)].map(([, title]) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

interface Link {
  readonly path: string;
  readonly anchor: string | undefined;
}

/** Links and pictures within the project, from its root. */
const linksIn = (document: string, text: string): Link[] =>
  [...withoutBlocks(text).matchAll(/(?:\]\(|src=")([^)"\s]+)[)"]/g)]
    .map(([, target]) => target)
    .filter((target) => !/^https?:/.test(target))
    .map((target) => {
      const [path, anchor] = target.split('#');
      return { path: path === '' ? document : normalize(join(dirname(document), path)), anchor };
    });

describe.each(documents)('%s', (document) => {
  const text = read(document);

  it('names files that are there', () => {
    const named = quotedIn(text).filter((each) => /^(src|e2e|examples|docs|scripts|\.github)\//.test(each));
    // CHANGELOG names what was there when it was written, and a worked example what it adds.
    const { files } = workedExamplesIn(text);
    const missing = named.filter((path) => !existsSync(new URL(path, root)) && !files.has(path));
    if (document !== 'CHANGELOG.md') expect(missing).toEqual([]);
  });

  it('links to documents and headings that are there', () => {
    const dead = linksIn(document, text).filter(
      ({ path, anchor }) =>
        !existsSync(new URL(path, root)) || (anchor !== undefined && !anchorsOf(read(path)).includes(anchor)),
    );
    expect(dead).toEqual([]);
  });

  it('names commands that are there', () => {
    const commands = [...text.matchAll(/npm run (?:--silent )?([\w:]+)/g)].map(([, name]) => name);
    for (const name of commands) expect(scripts).toHaveProperty([name]);
  });

  it('names settings that are there', () => {
    const sections = [...new Set([...settings.keys()].map((path) => path.split('.')[0]))];
    const named = [...text.matchAll(new RegExp(`\`((?:${sections.join('|')})\\.\\w+)\``, 'g'))].map(([, path]) => path);
    const isGroup = (path: string) => [...settings.keys()].some((each) => each.startsWith(`${path}.`));
    expect(named.filter((path) => !settings.has(path) && !isGroup(path))).toEqual([]);
  });
});

describe('README.md', () => {
  it('keeps to about a hundred lines, and leads to every document', () => {
    const text = read('README.md');
    expect(text.split('\n').length).toBeLessThan(120);
    const led = linksIn('README.md', text).map(({ path }) => path);
    expect(documents.filter((each) => each !== 'README.md' && !led.includes(each))).toEqual([]);
  });
});

describe('docs/experiments.md', () => {
  const text = read('docs/experiments.md');

  it('shows experiments that run', async () => {
    const examples = [...text.matchAll(/```json\n([\s\S]*?)```/g)].map(([, block]) => JSON.parse(block));
    expect(examples.length).toBeGreaterThanOrEqual(2);
    for (const example of examples) {
      const experiment = parseExperiment({ ...example, rounds: 2 });
      const lines: object[] = [];
      for await (const record of run(experiment, trivialTrainer, { readAsset })) lines.push(toOutputLine(record));
      expect(lines).toHaveLength(2);
    }
  });

  it('describes every example in examples/', () => {
    const names = readdirSync(new URL('examples/', root)).map((name) => `examples/${name}`);
    expect(names.filter((name) => !quotedIn(text).includes(name))).toEqual([]);
  });

  it('explains every field of a line and every reason for absence', async () => {
    const records: RoundRecord[] = [];
    const experiment = parseExperiment({ rounds: 1, data: { dataset: 'tutorial-noise' } });
    for await (const record of run(experiment, trivialTrainer, { readAsset })) records.push(record);
    const wanted = [
      ...records.flatMap((record) => Object.keys(toOutputLine(record))),
      'wall_ms',
      ...statuses.filter((status) => status !== 'trained'),
    ];
    expect(wanted.filter((each) => !quotedIn(text).includes(each))).toEqual([]);
  });
});

describe('docs/sources.md', () => {
  const text = read('docs/sources.md');

  it('names every entry of every registry', () => {
    const quoted = new Set(quotedIn(text));
    const ids = registries.flatMap(({ entries }) => Object.keys(entries));
    expect(ids.filter((id) => !quoted.has(id) && !text.includes(`<code>${id}</code>`))).toEqual([]);
  });

  it('lists each paper that a registry names, once and in order', () => {
    const papers = papersIn(text);
    expect(papers).toEqual(papers.toSorted(new Intl.Collator('en').compare));
    expect(new Set(papers).size).toBe(papers.length);
    const sources = registries.flatMap(({ entries }) =>
      Object.values(entries).map(({ source }) => (typeof source === 'object' ? source.text : (source ?? ''))),
    );
    const cited = sources.flatMap((source) => [
      ...source.matchAll(/(\p{Lu}\p{L}+)(?: et al\.|[^.;\d]*?)? (\d{4})\b/gu),
    ]);
    expect(cited.length).toBeGreaterThan(20);
    const missing = cited.filter(([, name, year]) => !papers.some((key) => key.includes(name) && key.includes(year)));
    expect(missing.map(([match]) => match)).toEqual([]);
  });

  it('gives constants the values that they have', () => {
    const rows = text.slice(text.indexOf('## Constants'), text.indexOf('## Algorithms')).split('\n');
    const stated = rows.flatMap((row) => {
      const file = /`(src\/[^`]+\.ts)`/.exec(row)?.[1];
      return [...row.matchAll(/`([A-Z_]+ = [^`]+)`/g)].map(([, constant]) => ({ file, constant }));
    });
    expect(stated.length).toBeGreaterThan(25);
    const wrong = stated.filter(({ file, constant }) => !file || !read(file).includes(`const ${constant};`));
    expect(wrong).toEqual([]);
  });
});

it.each(Object.entries(generatedDocs))('%s is as the code has it: npm run docs writes it', (path, names) => {
  expect(withGenerated(read(path), names)).toBe(read(path));
});

it('the documents know every registry of the simulator', () => {
  const modules = import.meta.glob<Record<string, unknown>>('../../sim/**/index.ts', { eager: true });
  const isEntry = (value: unknown) => typeof value === 'object' && value !== null && 'id' in value && 'label' in value;
  const found = Object.entries(modules).flatMap(([file, module]) =>
    Object.entries(module)
      .filter(([, value]) => typeof value === 'object' && value !== null && !Array.isArray(value))
      .filter(([, value]) => Object.values(value as object).length > 0 && Object.values(value as object).every(isEntry))
      .map(([name, value]) => ({ file, name, value })),
  );
  expect(found.length).toBeGreaterThan(10);
  const known = new Set<unknown>(registries.map(({ entries }) => entries));
  expect(found.filter(({ value }) => !known.has(value)).map(({ file, name }) => `${file}: ${name}`)).toEqual([]);
});

it('every registry of the documents is one that a setting chooses from', () => {
  for (const { chosenBy, entries } of registries) {
    const chosen = settings.get(chosenBy.replace('*', 'device'));
    const ids = chosen?.kind === 'choice' ? chosen.choices.map(({ id }) => id) : [];
    for (const id of Object.keys(entries)) expect(ids).toContain(id);
  }
});

it('--settings lists every setting with its help', () => {
  const text = listSettings();
  for (const [path, { help }] of settings) {
    expect(text).toContain(`${path} `);
    expect(text).toContain(help);
  }
});

describe('docs/architecture.md', () => {
  const text = read('docs/architecture.md');

  it('names every room of the simulator', () => {
    const rooms = readdirSync(new URL('src/sim/', root), { withFileTypes: true }).filter((each) => each.isDirectory());
    const quoted = quotedIn(text);
    const missing = rooms.filter(({ name }) => name !== 'testing' && !quoted.includes(name));
    expect(missing.map(({ name }) => name)).toEqual([]);
  });

  it('explains every kind of event and every policy of a tier', () => {
    const source = read('src/sim/engine/run-state.ts');
    const union = source.slice(source.indexOf('export type EngineEvent'), source.indexOf('export type Message'));
    const kinds = [...union.matchAll(/kind: ('[^;]+');/g)].flatMap(([, each]) => each.replaceAll("'", '').split(' | '));
    expect(kinds.length).toBeGreaterThan(5);
    expect(kinds.filter((kind) => !text.includes(`| \`${kind}\``))).toEqual([]);
    const policies = settings.get('aggregation.gatewayWaits');
    const ids = policies?.kind === 'choice' ? policies.choices.map(({ id }) => id) : [];
    expect(ids.filter((id) => !text.includes(`| ${id} `))).toEqual([]);
    expect(ids.length).toBeGreaterThan(2);
  });
});
