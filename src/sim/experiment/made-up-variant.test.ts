// A made-up variant is added to each registry in turn, with a setting of its own, and must be found everywhere: in the schema, on the
// page, on the command line and in the documents; and the engine must hand its setting to it. Nothing else is told of it.

import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Choice, number, settingOf } from './settings.ts';
import { choicesOf, defaultsOf, type OwnSettings, settingsOfAll, type Variant } from './variants.ts';

const modules = import.meta.glob<Record<string, unknown>>(['../**/index.ts', '../model/models.ts'], { eager: true });

type Registry = Readonly<Record<string, Variant<OwnSettings>>>;
const isRegistry = (value: unknown): value is Registry => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const entries = Object.values(value);
  return entries.length > 0 && entries.every((each) => typeof each === 'object' && each !== null && 'settings' in each);
};

/** Each registry once, in the module that defines it: others may export it again. */
const registries = Object.entries(modules)
  .sort(([a], [b]) => b.length - a.length)
  .flatMap(([file, module]) => Object.entries(module).map(([name, value]) => ({ file, name, value })))
  .filter((each): each is { file: string; name: string; value: Registry } => isRegistry(each.value))
  .filter(({ value }, index, all) => all.findIndex((each) => each.value === value) === index);

const HELP = 'Made up, for a test.';
const SETTING_HELP = 'How much of it is made up.';
const MOST = 9;
const GIVEN = 7;

/** What has to be set besides, so that the engine asks a variant at all; by the name of its registry. */
const besides: Readonly<Record<string, object>> = {
  indexCodings: { compression: { device: { sparsify: 'top-k' } } },
};

/** An entry like another, which notes the values of its own setting that reach its functions. */
async function madeUpFrom(base: Variant<OwnSettings>, seen: Set<unknown>): Promise<Variant<OwnSettings>> {
  // The schema is loaded anew: its settings are described in this module's new instance.
  const fresh = await import('./settings.ts');
  const madeUp = fresh.number({
    default: 2,
    min: 0,
    max: MOST,
    step: 1,
    label: 'Made up',
    help: SETTING_HELP,
    live: true,
  });
  const noted = (args: readonly unknown[]) => {
    for (const arg of args) {
      if (typeof arg !== 'object' || arg === null) continue;
      if ('madeUp' in arg) seen.add(arg.madeUp);
      const own = 'settings' in arg ? arg.settings : undefined;
      if (typeof own === 'object' && own !== null && 'madeUp' in own) seen.add(own.madeUp);
    }
  };
  const functions = Object.entries(base).map(([key, value]) => [
    key,
    typeof value === 'function'
      ? (...args: unknown[]) => {
          noted(args);
          return value.apply(base, args);
        }
      : value,
  ]);
  return {
    ...Object.fromEntries(functions),
    // No entry has this code on the wire.
    ...('wireCode' in base && { wireCode: 14 }),
    id: 'made-up',
    label: 'Made up',
    help: HELP,
    settings: { ...base.settings, madeUp },
  };
}

const nested = (path: string, value: unknown): object =>
  path.split('.').reduceRight<unknown>((inner, key) => ({ [key]: inner }), value) as object;

/** Objects within each other, laid over one another. */
function merged(...trees: readonly object[]): object {
  const result: Record<string, unknown> = {};
  for (const tree of trees) {
    for (const [key, value] of Object.entries(tree)) {
      const before = result[key];
      result[key] = typeof before === 'object' && before !== null ? merged(before, value as object) : value;
    }
  }
  return result;
}

/** The whole program as it is with a registry that has one entry more. */
async function programWith({ file, name }: (typeof registries)[number]) {
  const seen = new Set<unknown>();
  vi.resetModules();
  vi.doMock(file, async (importOriginal) => {
    const original = await importOriginal<Record<string, Registry>>();
    const entries: Record<string, Variant<OwnSettings>> = original[name];
    const ids = Object.keys(entries);
    entries['made-up'] = await madeUpFrom(entries[ids[0]], seen);
    // Lists of the entries' ids, which the module made when it was loaded.
    for (const each of Object.values<unknown>(original))
      if (Array.isArray(each) && each.join() === ids.join()) each.push('made-up');
    return original;
  });
  const { settings, defaultExperiment } = await import('./experiment.ts');
  const { parseExperiment, valueAt } = await import('./parse-experiment.ts');
  const { settingsWithoutEffect } = await import('./settings-in-effect.ts');
  const choices = [...settings].filter(
    ([, each]) => each.kind === 'choice' && each.choices.some(({ id, help }) => id === 'made-up' && help === HELP),
  );
  return { settings, defaultExperiment, parseExperiment, valueAt, settingsWithoutEffect, choices, seen };
}

afterEach(() => {
  vi.resetModules();
});

it('every choice between variants is one from a registry found here', async () => {
  const { settings } = await import('./experiment.ts');
  const known = registries.map(({ value }) => Object.keys(value));
  const between = [...settings].flatMap(([path, setting]) =>
    setting.kind === 'choice' && setting.choices.some(({ owns }) => owns) ? [{ path, setting }] : [],
  );
  expect(between.length).toBeGreaterThan(20);
  const strange = between.filter(({ setting }) => {
    const ids = setting.choices.filter(({ owns }) => owns).map(({ id }) => id);
    return !known.some((keys) => keys.join() === ids.join());
  });
  expect(strange.map(({ path }) => path)).toEqual([]);
});

describe.each(registries.map((each) => [each.name, each] as const))('an entry more in %s', (name, registry) => {
  it('is found in the schema, on the page, on the command line and in the documents, and gets its setting', async () => {
    const program = await programWith(registry);
    const { settings, defaultExperiment, parseExperiment, valueAt, settingsWithoutEffect, choices, seen } = program;
    const { allShown } = await import('../../ui/controls/all-shown.ts');
    const { listSettings } = await import('../../cli/arguments/list-settings.ts');
    const { generatedDocs, withGenerated } = await import('../../cli/docs/generated.ts');
    const { collect } = await import('../testing/collect.ts');
    vi.doUnmock(registry.file);

    const own = [...settings.keys()].filter((path) => path.endsWith('.madeUp'));
    expect(own.length).toBeGreaterThan(0);
    expect(choices.length).toBeGreaterThanOrEqual(own.length);
    const chosen = (value: number) =>
      merged(
        { rounds: 2, data: { dataset: 'tutorial-noise', samplesPerDevice: 12 }, fleet: { devicesPerGateway: 2 } },
        besides[name] ?? {},
        ...choices.map(([path]) => nested(path, 'made-up')),
        ...own.map((path) => nested(path, value)),
      );

    // The schema.
    for (const path of own) {
      expect(valueAt(defaultExperiment, path)).toBe(2);
      expect(valueAt(parseExperiment(chosen(GIVEN)), path)).toBe(GIVEN);
      const refused = merged(chosen(GIVEN), nested(path, MOST + 1));
      expect(() => parseExperiment(refused)).toThrow(`${path} must be a number from 0 to ${MOST}, not ${MOST + 1}.`);
    }

    // The page: the setting is there while its variant is chosen, and only then.
    const isShown = (experiment: typeof defaultExperiment, path: string) => allShown(experiment).includes(path);
    const idle = settingsWithoutEffect(defaultExperiment);
    for (const path of own) {
      expect(idle.has(path)).toBe(true);
      expect(isShown(defaultExperiment, path)).toBe(false);
      expect(isShown(parseExperiment(chosen(GIVEN)), path)).toBe(true);
    }

    // The command line and the documents.
    for (const path of own) expect(listSettings()).toContain(`${path} `);
    expect(listSettings()).toContain(SETTING_HELP);
    const documents = Object.entries(generatedDocs)
      .map(([file, parts]) => withGenerated(readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8'), parts))
      .join('\n');
    for (const text of [HELP, SETTING_HELP, '`made-up`', '`madeUp`']) expect(documents).toContain(text);

    // The engine.
    expect(await collect(chosen(GIVEN))).toHaveLength(2);
    expect([...seen]).toContain(GIVEN);
  });
});

describe('settings of a registry', () => {
  const entry = (id: string, settings: OwnSettings): Variant<OwnSettings> => ({ id, label: id, help: id, settings });
  const setting = () => number({ default: 1, min: 0, max: 2, step: 1, label: 'One', help: 'One.', live: true });

  it('are shared by reference only: two different ones of one name are refused', () => {
    const one = setting();
    expect(settingsOfAll({ a: entry('a', { one }), b: entry('b', { one }) })).toEqual({ one });
    expect(() => settingsOfAll({ a: entry('a', { one }), b: entry('b', { one: setting() }) })).toThrow(
      'The setting "one" of b is another entry\'s too; settings are shared by reference only.',
    );
  });

  it('have their defaults and their descriptions', () => {
    expect(defaultsOf({ one: setting() })).toEqual({ one: 1 });
    expect(settingOf(setting())?.help).toBe('One.');
  });

  it('are named by the choice between the entries, under a section of their own if it is another', () => {
    const owns = (choices: readonly Choice[]) => choices.map((each) => each.owns);
    const registry = { a: entry('a', { one: setting() }), b: entry('b', {}) };
    expect(owns(choicesOf(registry))).toEqual([['one'], []]);
    expect(owns(choicesOf(registry, 'model'))).toEqual([['model.one'], []]);
  });
});
