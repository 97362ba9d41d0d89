// Who may import whom: sim ← training ← worker, and sim ← protocol ← client ← store ← ui ← app. So the simulated world runs
// in a test without a browser, and TensorFlow.js never enters the page's bundle. Type imports obey too; tests need not.

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise, type ICruiseResult, type IForbiddenRuleType } from 'dependency-cruiser';
import { describe, expect, test } from 'vitest';

/** Each layer: where it lives, and the layers that it may import besides itself. */
const layers: Record<string, { at: string; reads: string[] }> = {
  sim: { at: '^src/sim/', reads: [] },
  training: { at: '^src/training/(?!node-)', reads: ['sim'] },
  'training in Node': { at: '^src/training/node-', reads: ['training', 'sim'] },
  protocol: { at: '^src/worker/protocol\\.ts$', reads: ['sim'] },
  client: { at: '^src/worker/client/', reads: ['protocol', 'sim'] },
  worker: { at: '^src/worker/(?!protocol\\.ts$|client/)', reads: ['training', 'protocol', 'sim'] },
  store: { at: '^src/store/', reads: ['client', 'protocol', 'sim'] },
  ui: { at: '^src/ui/', reads: ['store', 'sim'] },
  app: { at: '^src/[^/]+$', reads: ['ui', 'store', 'client', 'protocol', 'sim'] },
  cli: { at: '^src/cli/', reads: ['training', 'training in Node', 'sim'] },
};

const paths = (...names: string[]) => names.map((name) => layers[name].at);
const packages = (...names: string[]) => names.map((name) => `(^|/)${name}(/|$)`);
const testFile = '\\.test\\.tsx?$';

const rules: IForbiddenRuleType[] = [
  ...Object.entries(layers).map(([name, { at, reads }]) => ({
    name: `${name} imports only ${[name, ...reads].join(', ')}`,
    from: { path: at, pathNot: testFile },
    to: { path: '^src/', pathNot: paths(name, ...reads) },
  })),
  {
    name: 'sim needs no packages but zod and fflate, and nothing of Node or the browser',
    // What is in testing/ serves tests only.
    from: { path: paths('sim'), pathNot: [testFile, '^src/sim/testing/'] },
    to: { pathNot: ['^src/', '^\\.', ...packages('zod', 'fflate')] },
  },
  {
    name: 'only training imports TensorFlow.js',
    from: { path: '^src/', pathNot: [testFile, '^src/training/'] },
    to: { path: packages('@tensorflow'), pathNot: '\\.wasm(\\?url)?$' }, // the binaries' addresses are the worker's to give
  },
  {
    name: 'only the page imports React',
    from: { path: paths('training', 'protocol', 'client', 'worker', 'cli'), pathNot: testFile },
    to: { path: packages('react', 'react-dom', '@mantine', 'reactflow', 'recharts', 'zustand') },
  },
  {
    name: 'nothing that runs in a browser imports Node',
    from: { path: '^src/', pathNot: [testFile, ...paths('sim', 'training in Node', 'cli')] },
    to: { dependencyTypes: ['core'] },
  },
  { name: 'no cycles', from: {}, to: { circular: true } },
];

async function read(baseDir: string): Promise<ICruiseResult> {
  const { output } = await cruise(['src'], {
    baseDir,
    ruleSet: { forbidden: rules },
    validate: true,
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
  });
  return output as ICruiseResult;
}

const violations = (result: ICruiseResult) =>
  result.summary.violations.map(({ rule, from, to }) => `${from} → ${to}: ${rule.name}`).sort();

const root = join(import.meta.dirname, '..');
const result = await read(root);

describe('the sources', () => {
  const modules = result.modules.filter(({ source }) => source.startsWith('src/'));
  const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .map((path) => `src/${path.replaceAll('\\', '/')}`)
    .filter((path) => /(?<!\.d)\.tsx?$/.test(path));

  test('import in one direction, without cycles', () => {
    expect(violations(result)).toEqual([]);
  });

  test('all belong to a layer', () => {
    const isPlaced = (path: string) => Object.values(layers).some(({ at }) => new RegExp(at).test(path));
    expect(sources.filter((path) => !isPlaced(path))).toEqual([]);
  });

  // Without this, a tool that reads nothing would find no violation and pass.
  test('are all read, with every import in them', () => {
    expect(sources.length).toBeGreaterThan(30);
    expect(modules.map(({ source }) => source)).toEqual(expect.arrayContaining(sources));
    const missed = sources
      .filter((path) => !new RegExp(testFile).test(path))
      .flatMap((path) => {
        const found = modules.find(({ source }) => source === path)?.dependencies.map(({ module }) => module) ?? [];
        return importsIn(readFileSync(join(root, path), 'utf8'))
          .filter((name) => !found.includes(name))
          .map((name) => `${path} → ${name}`);
      });
    expect(missed).toEqual([]);
  });
});

/** The relative and scoped imports in a source text, found by their look alone: a second pair of eyes. */
function importsIn(text: string): string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  return [...code.matchAll(/\b(?:from|import)\s*\(?\s*['"]([.@][^'"]*\/[^'"]*)['"]/g)].map(([, name]) => name);
}

describe('a made-up violation is caught', () => {
  test.each([
    ['src/sim/a.ts', "import type { B } from '../ui/b.tsx'; export type A = B;", 'sim imports only sim'],
    ['src/sim/a.ts', "export * from '../training/b.ts';", 'sim imports only sim'],
    [
      'src/sim/a.ts',
      "import { readFileSync } from 'node:fs';",
      'sim needs no packages but zod and fflate, and nothing of Node or the browser',
    ],
    [
      'src/sim/a.ts',
      "import { useState } from 'react';",
      'sim needs no packages but zod and fflate, and nothing of Node or the browser',
    ],
    ['src/training/a.ts', "import type { B } from '../worker/protocol.ts';", 'training imports only training, sim'],
    ['src/training/a.ts', "import { useState } from 'react';", 'only the page imports React'],
    ['src/worker/protocol.ts', "import { b } from '../training/b.ts';", 'protocol imports only protocol, sim'],
    [
      'src/worker/client/sim-client.ts',
      "import type { B } from '../sim/sim.worker.ts';",
      'client imports only client, protocol, sim',
    ],
    [
      'src/worker/sim/sim.worker.ts',
      "import { b } from '../client/sim-client.ts';",
      'worker imports only worker, training, protocol, sim',
    ],
    [
      'src/worker/sim/sim.worker.ts',
      "import * as tf from '@tensorflow/tfjs-core';",
      'only training imports TensorFlow.js',
    ],
    [
      'src/worker/sim/sim.worker.ts',
      "import { b } from '../../training/node-b.ts';",
      'worker imports only worker, training, protocol, sim',
    ],
    ['src/store/a.ts', "import { b } from '../ui/b.tsx';", 'store imports only store, client, protocol, sim'],
    [
      'src/store/a.ts',
      "export const a = () => import('../training/b.ts');",
      'store imports only store, client, protocol, sim',
    ],
    [
      'src/ui/a.tsx',
      "import { b } from '../training/b.ts'; export const A = () => <p>{b}</p>;",
      'ui imports only ui, store, sim',
    ],
    [
      'src/main.tsx',
      "import { b } from './worker/sim/sim.worker.ts';",
      'app imports only app, ui, store, client, protocol, sim',
    ],
    ['src/cli/a.ts', "import { b } from '../store/b.ts';", 'cli imports only cli, training, training in Node, sim'],
    ['src/store/a.ts', "import { join } from 'node:path';", 'nothing that runs in a browser imports Node'],
    ['src/sim/a.ts', "import type { C } from './c.ts'; export type A = C;", 'no cycles'],
  ])('%s with %s', async (file, text, rule) => {
    expect((await readMadeUp({ [file]: text })).map((line) => line.split(': ')[1])).toEqual([rule]);
  });

  test('and what is allowed is not', async () => {
    const allowed = {
      'src/sim/a.ts': "import { z } from 'zod'; import { b } from './b.ts';",
      'src/sim/a.test.ts': "import { readFileSync } from 'node:fs'; import { b } from '../training/b.ts';",
      'src/training/a.ts': "import * as tf from '@tensorflow/tfjs-core'; import { b } from '../sim/b.ts';",
      'src/worker/sim/sim.worker.ts':
        "import { b } from '../../training/b.ts'; import type { P } from '../protocol.ts'; import url from '@tensorflow/a/b.wasm?url';",
      'src/ui/a.tsx': "import { b } from '../store/b.ts'; import { c } from '../sim/c.ts'; import 'react';",
      'src/training/node-a.ts': "import { b } from './b.ts'; import { readFileSync } from 'node:fs';",
      'src/cli/a.ts': "import { b } from '../training/b.ts'; import { readFileSync } from 'node:fs';",
    };
    expect(await readMadeUp(allowed)).toEqual([]);
  });

  /** The violations in a made-up project: the given files, beside one small file or two in every layer. */
  async function readMadeUp(files: Record<string, string>) {
    const folder = mkdtempSync(join(tmpdir(), 'fogline-direction-'));
    try {
      const all: Record<string, string> = {
        'src/sim/b.ts': 'export const b = 1;',
        'src/sim/c.ts': "import type { A } from './a.ts'; export type C = A;",
        'src/sim/a.ts': 'export type A = number;',
        'src/training/b.ts': 'export const b = 1;',
        'src/training/node-b.ts': 'export const b = 1;',
        'src/worker/protocol.ts': 'export type P = number;',
        'src/worker/client/sim-client.ts': 'export const b = 1;',
        'src/worker/sim/sim.worker.ts': 'export const b = 1;',
        'src/store/b.ts': 'export const b = 1;',
        'src/ui/b.tsx': 'export const b = <p>1</p>;',
        ...files,
      };
      for (const [path, text] of Object.entries(all)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
      return violations(await read(folder));
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
});
