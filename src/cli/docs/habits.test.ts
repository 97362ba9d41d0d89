// The files that tools and libraries read about the project agree with each other.

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const root = new URL('../../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');
const manifest: { version: string; license: string; engines: { node: string } } = JSON.parse(read('package.json'));

it('package.json, CITATION.cff and LICENSE name the same licence and version', () => {
  const citation = read('CITATION.cff');
  expect(read('LICENSE')).toMatch(/^\s+Apache License\n\s+Version 2\.0, January 2004\n/);
  expect(manifest.license).toBe('Apache-2.0');
  expect(citation).toContain(`\nlicense: ${manifest.license}\n`);
  expect(citation).toContain(`\nversion: ${manifest.version}\n`);
});

it('.nvmrc names a Node that package.json admits', () => {
  expect(manifest.engines.node).toMatch(new RegExp(`\\^${read('.nvmrc').trim()}\\.`));
});

it('.editorconfig asks for what Biome formats', () => {
  const { formatter }: { formatter: { indentStyle: string; indentWidth: number; lineWidth: number } } = JSON.parse(
    read('biome.json'),
  );
  const editor = Object.fromEntries([...read('.editorconfig').matchAll(/^(\w+) = (.+)$/gm)].map(([, k, v]) => [k, v]));
  expect(editor).toMatchObject({
    indent_style: formatter.indentStyle,
    indent_size: String(formatter.indentWidth),
    max_line_length: String(formatter.lineWidth),
  });
});

it('CHANGELOG.md keeps to the form of Keep a Changelog', () => {
  const headings = [...read('CHANGELOG.md').matchAll(/^(##+) (.+)$/gm)].map(([, level, title]) => ({ level, title }));
  const versions = headings.filter(({ level }) => level === '##').map(({ title }) => title);
  expect(versions[0]).toBe('[Unreleased]');
  for (const each of versions.slice(1)) expect(each).toMatch(/^\[\d+\.\d+\.\d+\]( - \d{4}-\d{2}-\d{2})?$/);
  const kinds = ['Added', 'Changed', 'Deprecated', 'Removed', 'Fixed', 'Security'];
  const named = headings.filter(({ level }) => level === '###').map(({ title }) => title);
  expect(named.filter((title) => !kinds.includes(title))).toEqual([]);
});
