// `npm test`: installs missing packages, then runs every check, continues after one that fails, and ends with the line
// `N passed, N failed`. Vitest's and Playwright's tests are counted; any other step counts only when it fails, as one.

import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { ensureInstalled, npmCommand, root } from './ensure-installed.mjs';

/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Totals
 * @typedef {{ name: string, command: string[], report?: string, read?: (report: any) => Totals, needs?: string[] }} Step
 */

/** Milliseconds: a step that hangs must not block the others. */
const STEP_TIMEOUT = 20 * 60_000;
/** Milliseconds between SIGTERM and SIGKILL. */
const KILL_AFTER = 10_000;

/** @type {Step[]} */
const STEPS = [
  { name: 'Types', command: ['run', 'types'] },
  { name: 'Lint and format', command: ['run', 'lint'] },
  { name: 'Unused code', command: ['run', 'unused'] },
  {
    name: 'Unit tests',
    command: ['run', 'test:unit'],
    report: '.cache/vitest.json',
    read: (report) => ({
      passed: report.numPassedTests,
      failed: report.numFailedTests,
      skipped: report.numPendingTests + report.numTodoTests,
    }),
  },
  { name: 'Build', command: ['run', 'build'] },
  { name: 'Size of the first load', command: ['run', 'size'], needs: ['Build'] },
  { name: 'Chromium', command: ['run', 'chromium'] },
  {
    name: 'End-to-end tests',
    command: ['exec', '--', 'playwright', 'test'],
    needs: ['Build', 'Chromium'],
    report: '.cache/playwright.json',
    read: ({ stats }) => ({
      passed: stats.expected + stats.flaky,
      failed: stats.unexpected,
      skipped: stats.skipped,
    }),
  },
];

/** Signals the running step and all processes that it started: npm alone would leave its tool running. */
let signalStep = (/** @type {NodeJS.Signals} */ _signal) => {};
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
  process.on(signal, () => {
    signalStep('SIGTERM');
    process.exit(1);
  });
}

/**
 * Runs npm; resolves to whether it succeeded.
 * @param {string[]} args
 */
function succeeds(args) {
  const [file, fileArgs, options] = npmCommand(['--silent', ...args]);
  const ownGroup = process.platform !== 'win32';
  const child = spawn(file, fileArgs, { ...options, detached: ownGroup, stdio: ['ignore', 'inherit', 'inherit'] });
  signalStep = (signal) => {
    try {
      if (ownGroup && child.pid) process.kill(-child.pid, signal);
      else child.kill(signal);
    } catch {
      // It has exited already.
    }
  };
  const timeout = setTimeout(() => {
    console.log(`This step was stopped: it ran longer than ${STEP_TIMEOUT / 60_000} minutes.`);
    signalStep('SIGTERM');
  }, STEP_TIMEOUT);
  const kill = setTimeout(() => signalStep('SIGKILL'), STEP_TIMEOUT + KILL_AFTER);
  return new Promise((resolve) => {
    const end = (/** @type {boolean} */ hasSucceeded) => {
      clearTimeout(timeout);
      clearTimeout(kill);
      signalStep = () => {};
      resolve(hasSucceeded);
    };
    child.once('error', () => end(false));
    child.once('exit', (status) => end(status === 0));
  });
}

/**
 * Runs one step. A step that fails without a failed test (a file that does not load, no test found) counts as one failure.
 * @param {Step} step
 * @returns {Promise<Totals>}
 */
async function run({ command, report, read }) {
  const path = report && join(root, report);
  if (path) rmSync(path, { force: true });
  const hasSucceeded = await succeeds(command);
  /** @type {Totals} */
  let totals = { passed: 0, failed: 0, skipped: 0 };
  try {
    if (path && read) totals = read(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    // No report was written: the exit status decides.
  }
  return hasSucceeded ? totals : { ...totals, failed: Math.max(1, totals.failed) };
}

/** @param {Totals} totals */
const format = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;

ensureInstalled();
mkdirSync(join(root, '.cache'), { recursive: true });

const failedSteps = new Set();
const summary = [];
let passed = 0;
let failed = 0;
for (const step of STEPS) {
  console.log(`\n▶ ${step.name}`);
  const start = Date.now();
  const blocked = step.needs?.find((name) => failedSteps.has(name));
  if (blocked) console.log(`Not run, because this step failed: ${blocked}.`);
  const totals = blocked ? { passed: 0, failed: 1, skipped: 0 } : await run(step);
  if (totals.failed > 0) failedSteps.add(step.name);
  passed += totals.passed;
  failed += totals.failed;
  const verdict = blocked ? 'not run' : step.read ? format(totals) : totals.failed > 0 ? 'failed' : 'ok';
  const seconds = ((Date.now() - start) / 1000).toFixed(1);
  summary.push(`${totals.failed > 0 ? '✗' : '✓'} ${step.name}: ${verdict} (${seconds} s)`);
}

console.log(`\n${summary.join('\n')}\n\n${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
