// The glossary: terms in order, each once, each with a source that docs/sources.md has in full; and what labels and help texts say with
// the same words is spelt the same there.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { settings } from '../../sim/experiment/experiment.ts';
import { deviceFigures } from '../../sim/fleet/figures.ts';
import { papersIn, registries } from './generated.ts';

const read = (name: string): string => readFileSync(new URL(`../../../docs/${name}`, import.meta.url), 'utf8');
const lines = read('glossary.md')
  .split('\n')
  .filter((line) => line.startsWith('- '));
const entries = lines.map((line) => {
  const [, term, definition, source] = /^- \*\*(.+?)\*\*: (.+) \(([^()]+)\)$/.exec(line) ?? [];
  return { line, term, definition, source };
});

/** What the page says of settings, choices and figures. */
const texts: readonly string[] = [
  ...[...settings.values()].flatMap((setting) => [
    setting.label,
    setting.help,
    ...(setting.kind === 'choice' ? setting.choices.map(({ label }) => label) : []),
  ]),
  ...registries.flatMap(({ entries }) => Object.values(entries).flatMap(({ label, help }) => [label, help])),
  ...Object.values(deviceFigures).flatMap(({ label, help }) => [label, help]),
];

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The term as it might be misspelt: other capitals, a hyphen or a space more or less. */
const variants = (term: string): RegExp =>
  new RegExp(`(?<![\\p{L}-])${term.split(/[ -]/).map(escaped).join('[ -]?')}(?![\\p{L}-])`, 'giu');

/** At the beginning of a sentence or a label a capital is right. */
const isSpelt = (found: string, term: string): boolean =>
  found === term || found === term[0].toUpperCase() + term.slice(1);

describe('the glossary', () => {
  it('has a term, a definition and a source on each line', () => {
    expect(entries.filter(({ term }) => term === undefined).map(({ line }) => line)).toEqual([]);
    expect(entries.length).toBeGreaterThan(100);
  });

  it('is in order, each term once', () => {
    const terms = entries.map(({ term }) => term);
    expect(terms).toEqual(terms.toSorted(new Intl.Collator('en').compare));
    expect(new Set(terms).size).toBe(terms.length);
  });

  it('names sources that docs/sources.md has in full, but for its own words', () => {
    const papers = papersIn(read('sources.md'));
    expect(entries.filter(({ source }) => source !== 'Fogline' && !papers.includes(source))).toEqual([]);
  });

  it('spells each term as labels and help texts do', () => {
    const misspelt = entries.flatMap(({ term }) =>
      texts.flatMap((text) =>
        [...text.matchAll(variants(term))]
          .filter(([found]) => !isSpelt(found, term))
          .map(([found]) => ({ term, found, text })),
      ),
    );
    expect(misspelt).toEqual([]);
  });
});
