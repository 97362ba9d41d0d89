// Installs Fogline's packages before any other script starts: runs `npm ci` when node_modules is missing or does not contain the
// versions of package-lock.json. Uses nothing but Node, because it is the first script to run in a fresh clone.

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/**
 * How to start npm: through the npm that started this script, if one did (on Windows `npm` cannot be spawned directly).
 * @param {string[]} args
 * @returns {[string, string[], { cwd: string, shell: boolean }]}
 */
export function npmCommand(args) {
  const cli = process.env.npm_execpath;
  return cli?.endsWith('.js')
    ? [process.execPath, [cli, ...args], { cwd: root, shell: false }]
    : ['npm', args, { cwd: root, shell: process.platform === 'win32' }];
}

/** Exits with one sentence if this Node cannot run Fogline's tools. The range is that of `engines` in package.json. */
function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if ((major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major >= 23) return;
  console.error(`Fogline needs Node 20 from 20.19, or Node 22.12 or later; this is Node ${process.versions.node}.`);
  process.exit(1);
}

/** @param {string} name */
function readPackages(name) {
  /** @type {Record<string, { version?: string, optional?: boolean, devOptional?: boolean }>} */
  const packages = JSON.parse(readFileSync(join(root, name), 'utf8')).packages;
  return packages;
}

/** True when every package of the lock file is installed in its version; one that is optional may be missing. */
function isInstalled() {
  try {
    const installed = readPackages('node_modules/.package-lock.json');
    return Object.entries(readPackages('package-lock.json')).every(([path, wanted]) => {
      if (path === '') return true;
      const found = installed[path];
      return found ? found.version === wanted.version : Boolean(wanted.optional || wanted.devOptional);
    });
  } catch {
    return false;
  }
}

export function ensureInstalled() {
  checkNode();
  if (isInstalled()) return;
  console.error('Installing what is missing (npm ci) …');
  // npm's output goes to stderr, because `npm run simulate` prints its records on stdout.
  const [file, args, options] = npmCommand(['ci', '--include=dev', '--loglevel=error']);
  const { status } = spawnSync(file, args, { ...options, stdio: ['ignore', 2, 2] });
  if (status !== 0) {
    console.error('The packages could not be installed: npm ci failed, see above.');
    process.exit(1);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) ensureInstalled();
