// npm run test:fuzz -- [mutations] [spawned]
// Broken experiment files through the command line: 30,000 mutations of good ones, made from fixed seeds, in this process; those made
// by hand, and 100 of the mutations, in processes of their own, whose memory is measured. Each must end with exit code 0 or 2, with
// at most one clean line on stderr, within 2 s and 300 MB. Valid files run for a round. Prints totals; exit code 1 if any fails.

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
import { answer, faultOf } from './fuzz/check-file.ts';
import { handMade } from './fuzz/handwritten-files.ts';
import { mutatedFile } from './fuzz/mutated-files.ts';
import { readAsset } from './read-asset.ts';

const [mutations, spawned] = [process.argv[2] ?? '30000', process.argv[3] ?? '100'].map(Number);
if (![mutations, spawned].every((count) => Number.isSafeInteger(count) && count >= 0)) {
  process.stderr.write(
    'fuzz takes two whole numbers: mutations in this process, and how many in processes of their own.\n',
  );
  process.exit(2);
}
const MOST_MEGABYTES = 300;
/** Every so many of the valid files run for a round, if their fleet is small. */
const RUN_EVERY = 20;
const FEW_DEVICES = 100;

const folder = mkdtempSync(join(tmpdir(), 'fogline-fuzz-'));
const file = join(folder, 'experiment.json');
const faults: string[] = [];
const mutation = (i: number): Uint8Array => mutatedFile(new Rng(`mutation ${i}`));
const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

async function runARound(experiment: Experiment): Promise<void> {
  const wanted = parseExperiment({ ...experiment, rounds: 1 });
  for await (const record of run(wanted, trivialTrainer, { readAsset })) {
    if (record.round !== 1) throw new Error(`It began with round ${record.round}.`);
  }
}

async function inProcess(): Promise<void> {
  const codes = { 0: 0, 2: 0 };
  let [longest, total, ran] = [0, 0, 0];
  for (let i = 0; i < mutations; i++) {
    writeFileSync(file, mutation(i));
    try {
      const given = await answer(file);
      codes[given.code]++;
      longest = Math.max(longest, given.milliseconds);
      total += given.milliseconds;
      const fault = faultOf(given);
      if (fault !== null) faults.push(`mutation ${i}: ${fault}`);
      const { experiment } = given;
      if (!experiment || codes[0] % RUN_EVERY !== 0) continue;
      if (buildTopology(experiment.fleet).devices.length > FEW_DEVICES) continue;
      ran++;
      await runARound(experiment);
    } catch (error) {
      faults.push(`mutation ${i}: ${error instanceof Error ? error.stack : String(error)}`);
    }
  }
  print(
    `${mutations} mutations in process: ${codes[0]} valid, ${codes[2]} refused; ${ran} of the valid ran a round, ${faults.length} faults`,
  );
  print(`  ${(total / Math.max(1, mutations)).toFixed(2)} ms on average, ${longest.toFixed(0)} ms the longest`);
}

/** Writes the process's peak memory (kB) and processor time (µs) to its fourth stream as it ends. */
const report =
  "import{writeSync}from'node:fs';process.on('exit',()=>{const u=process.resourceUsage();" +
  'writeSync(3,JSON.stringify([u.maxRSS,u.userCPUTime+u.systemCPUTime]))})';

interface Ended {
  readonly code: number | null;
  readonly words: string;
  readonly output: string;
  readonly megabytes: number;
  readonly milliseconds: number;
}

function simulate(path: string): Promise<Ended> {
  const command = fileURLToPath(new URL('simulate.ts', import.meta.url));
  const measure = `data:text/javascript,${encodeURIComponent(report)}`;
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
    child.on('close', (code) => {
      const [output, words, usage] = texts;
      const [kilobytes, microseconds]: number[] = usage === '' ? [Number.NaN, Number.NaN] : JSON.parse(usage);
      resolve({ code, words, output, megabytes: kilobytes / 1024, milliseconds: microseconds / 1000 });
    });
  });
}

/** Why a process did not end as it should; of one that trained a round its memory and time do not count. */
function faultOfProcess(
  { code, words, output, megabytes, milliseconds }: Ended,
  says: string | null | undefined,
): string | null {
  const line = words.replace(/\n$/, '');
  if (code !== 0 && code !== 2) return `exit code ${code}: ${words}`;
  if (says !== undefined && (says === null) !== (code === 0)) return `exit code ${code}: ${words}`;
  if (typeof says === 'string' && !says.split('|').some((part) => line.includes(part))) return `says ${line}`;
  if (code === 0) return /^\{.*\}\n$/.test(output) ? null : `printed ${output}`;
  if (output !== '') return `printed ${output}`;
  if (!(megabytes <= MOST_MEGABYTES)) return `took ${megabytes.toFixed(0)} MB`;
  return faultOf({ code, words: line, milliseconds });
}

async function inProcesses(): Promise<void> {
  const files: { name: string; content: string | Uint8Array; says?: string | null }[] = [
    ...handMade,
    ...Array.from({ length: spawned }, (_, i) => ({ name: `mutation ${i}`, content: mutation(i) })),
  ];
  const ended: Ended[] = [];
  const queue = files.entries();
  const work = async (worker: number): Promise<void> => {
    const path = join(folder, `experiment-${worker}.json`);
    for (const [, { name, content, says }] of queue) {
      writeFileSync(path, content);
      const result = await simulate(path);
      ended.push(result);
      const fault = faultOfProcess(result, says);
      if (fault !== null) faults.push(`${name}: ${fault}`);
    }
  };
  await Promise.all([work(1), work(2)]);
  const refused = ended.filter(({ code }) => code === 2);
  const highest = (values: readonly number[]): string => Math.max(0, ...values).toFixed(0);
  print(
    `${handMade.length} made by hand and ${spawned} mutations in processes of their own: ${refused.length} refused`,
  );
  print(
    `  of these the largest took ${highest(refused.map(({ megabytes }) => megabytes))} MB, ` +
      `the longest ${highest(refused.map(({ milliseconds }) => milliseconds))} ms of processor time, start included`,
  );
}

try {
  await inProcess();
  await inProcesses();
} finally {
  rmSync(folder, { recursive: true });
}
for (const fault of faults.slice(0, 20)) print(`FAULT ${fault}`);
print(`${faults.length} faults`);
process.exitCode = faults.length === 0 ? 0 : 1;
