// What is installed and run is what was reviewed: every package by its checksum, every workflow action by its commit.

import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

interface Locked {
  readonly version?: string;
  readonly integrity?: string;
  readonly resolved?: string;
}

const root = new URL('../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');

it('the lock file has a SHA-512 of every package, and the host of no registry', () => {
  const { packages }: { packages: Readonly<Record<string, Locked>> } = JSON.parse(read('package-lock.json'));
  const installed = Object.entries(packages).filter(([path]) => path !== '');
  expect(installed.length).toBeGreaterThan(300);
  const unsafe = installed.filter(([, { integrity }]) => !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? ''));
  expect(unsafe.map(([path]) => path)).toEqual([]);
  expect(installed.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path)).toEqual([]);
});

it('every action of a workflow is named by its commit, with its version as a comment', () => {
  const workflows = readdirSync(new URL('.github/workflows/', root));
  const uses = workflows.flatMap((file) => [...read(`.github/workflows/${file}`).matchAll(/\buses:\s*(.+)/g)]);
  expect(uses.length).toBeGreaterThan(4);
  for (const [, action] of uses) expect(action).toMatch(/^[\w.-]+\/[\w.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
});
