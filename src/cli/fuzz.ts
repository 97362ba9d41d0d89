// npm run test:fuzz -- [mutations] [spawned]
// Fuzzes the command line with broken experiment files: 30,000 mutations of valid ones, made from fixed seeds, in this process;
// handwritten ones, and 100 of the mutations, in child processes, whose memory is measured. Each must end with exit code 0 or 2,
// with at most one printable line on stderr, within 2 s and 300 MB. Valid files run for a round. Prints totals; exit code 1 if any fails.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../sim/engine/run.ts';
import type { Experiment } from '../sim/experiment/experiment.ts';
import { parseExperiment } from '../sim/experiment/parse-experiment.ts';
import { buildTopology } from '../sim/fleet/topology.ts';
import { Rng } from '../sim/random.ts';
import { trivialTrainer } from '../sim/testing/trivial-trainer.ts';
import { checkFile, faultOf } from './fuzz/check-file.ts';
import { handwrittenFiles } from './fuzz/handwritten-files.ts';
import { mutatedFile } from './fuzz/mutated-files.ts';
import { readAsset } from './shared/read-asset.ts';

const [mutations, spawned] = [process.argv[2] ?? '30000', process.argv[3] ?? '100'].map(Number);
if (![mutations, spawned].every((count) => Number.isSafeInteger(count) && count >= 0)) {
  process.stderr.write('fuzz takes two whole numbers: mutations in this process, and in child processes.\n');
  process.exit(2);
}
const MAX_MEGABYTES = 300;
/** One in so many valid files runs for a round, if it has few devices. */
const RUN_EVERY = 20;
const MAX_DEVICES_TO_RUN = 100;

const folder = mkdtempSync(join(tmpdir(), 'fogline-fuzz-'));
const file = join(folder, 'experiment.json');
const faults: string[] = [];
const mutation = (i: number): Uint8Array => mutatedFile(new Rng(`mutation ${i}`));
const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

async function runOneRound(experiment: Experiment): Promise<void> {
  const wanted = parseExperiment({ ...experiment, rounds: 1 });
  for await (const record of run(wanted, trivialTrainer, { readAsset })) {
    if (record.round !== 1) throw new Error(`The first record is of round ${record.round}.`);
  }
}

async function fuzzInThisProcess(): Promise<void> {
  const counts = { 0: 0, 2: 0 };
  let [longest, total, ran] = [0, 0, 0];
  for (let i = 0; i < mutations; i++) {
    writeFileSync(file, mutation(i));
    try {
      const result = await checkFile(file);
      counts[result.exitCode]++;
      longest = Math.max(longest, result.milliseconds);
      total += result.milliseconds;
      const fault = faultOf(result);
      if (fault !== null) faults.push(`mutation ${i}: ${fault}`);
      const { experiment } = result;
      if (!experiment || counts[0] % RUN_EVERY !== 0) continue;
      if (buildTopology(experiment.fleet).devices.length > MAX_DEVICES_TO_RUN) continue;
      ran++;
      await runOneRound(experiment);
    } catch (error) {
      faults.push(`mutation ${i}: ${error instanceof Error ? error.stack : String(error)}`);
    }
  }
  print(
    `${mutations} mutations in this process: ${counts[0]} valid, ${counts[2]} refused; ${ran} of the valid ran a round, ${faults.length} faults`,
  );
  print(`  ${(total / Math.max(1, mutations)).toFixed(2)} ms on average, ${longest.toFixed(0)} ms the longest`);
}

/** A module that writes the process's peak memory (kB) and processor time (µs) to its fourth stream when it exits. */
const usageReport =
  "import{writeSync}from'node:fs';process.on('exit',()=>{const u=process.resourceUsage();" +
  'writeSync(3,JSON.stringify([u.maxRSS,u.userCPUTime+u.systemCPUTime]))})';

interface ProcessResult {
  readonly exitCode: number | null;
  readonly stderr: string;
  readonly stdout: string;
  readonly megabytes: number;
  readonly milliseconds: number;
}

function simulate(path: string): Promise<ProcessResult> {
  const command = fileURLToPath(new URL('simulate.ts', import.meta.url));
  const measure = `data:text/javascript,${encodeURIComponent(usageReport)}`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--import', measure, command, path, '--rounds', '1'], {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const texts = ['', '', ''];
  for (const [index, stream] of [child.stdout, child.stderr, child.stdio[3]].entries()) {
    stream?.on('data', (chunk: Buffer) => {
      texts[index] += chunk.toString();
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode) => {
      const [stdout, stderr, usage] = texts;
      const [kilobytes, microseconds]: number[] = usage === '' ? [Number.NaN, Number.NaN] : JSON.parse(usage);
      resolve({ exitCode, stderr, stdout, megabytes: kilobytes / 1024, milliseconds: microseconds / 1000 });
    });
  });
}

/** What is wrong with a process's result; memory and time are not limited where it trained a round. */
function faultOfProcess(
  { exitCode, stderr, stdout, megabytes, milliseconds }: ProcessResult,
  expected: string | null | undefined,
): string | null {
  const line = stderr.replace(/\n$/, '');
  if (exitCode !== 0 && exitCode !== 2) return `exit code ${exitCode}: ${stderr}`;
  if (expected !== undefined && (expected === null) !== (exitCode === 0)) return `exit code ${exitCode}: ${stderr}`;
  if (typeof expected === 'string' && !expected.split('|').some((part) => line.includes(part))) return `says ${line}`;
  if (exitCode === 0) return /^\{.*\}\n$/.test(stdout) ? null : `printed ${stdout}`;
  if (stdout !== '') return `printed ${stdout}`;
  if (!(megabytes <= MAX_MEGABYTES)) return `took ${megabytes.toFixed(0)} MB`;
  return faultOf({ exitCode, stderr: line, milliseconds });
}

async function fuzzInChildProcesses(): Promise<void> {
  const files: { name: string; content: string | Uint8Array; expected?: string | null }[] = [
    ...handwrittenFiles,
    ...Array.from({ length: spawned }, (_, i) => ({ name: `mutation ${i}`, content: mutation(i) })),
  ];
  const results: ProcessResult[] = [];
  const queue = files.entries();
  const work = async (worker: number): Promise<void> => {
    const path = join(folder, `experiment-${worker}.json`);
    for (const [, { name, content, expected }] of queue) {
      writeFileSync(path, content);
      const result = await simulate(path);
      results.push(result);
      const fault = faultOfProcess(result, expected);
      if (fault !== null) faults.push(`${name}: ${fault}`);
    }
  };
  await Promise.all([work(1), work(2)]);
  const refused = results.filter(({ exitCode }) => exitCode === 2);
  const highest = (values: readonly number[]): string => Math.max(0, ...values).toFixed(0);
  print(
    `${handwrittenFiles.length} handwritten files and ${spawned} mutations in child processes: ${refused.length} refused`,
  );
  print(
    `  of these the largest took ${highest(refused.map(({ megabytes }) => megabytes))} MB, ` +
      `the longest ${highest(refused.map(({ milliseconds }) => milliseconds))} ms of processor time, start included`,
  );
}

try {
  await fuzzInThisProcess();
  await fuzzInChildProcesses();
} finally {
  rmSync(folder, { recursive: true });
}
for (const fault of faults.slice(0, 20)) print(`FAULT ${fault}`);
print(`${faults.length} faults`);
process.exitCode = faults.length === 0 ? 0 : 1;
