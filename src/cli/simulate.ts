// npm run simulate -- [experiment.json] [--rounds N] [--seed S] [--backend wasm|cpu]
// The same engine as the page's, headless: one JSON object a line and round. Sentences go to stderr; bad
// input ends with one, and exit code 2.

import { shortages } from '../sim/data/dealt.ts';
import { dealtData, openFederation } from '../sim/data/federation.ts';
import { runFederation } from '../sim/engine/run.ts';
import { buildTopology } from '../sim/fleet/topology.ts';
import { fleetPerDay, LOOKS_BACK } from '../sim/record/per-day.ts';
import type { RoundRecord } from '../sim/record/record.ts';
import { targetSentence } from '../sim/record/run-end.ts';
import { nodeWasmPaths } from '../training/node-wasm-paths.ts';
import { createTrainer } from '../training/trainer.ts';
import { listSettings } from './arguments/list-settings.ts';
import { prepare } from './arguments/read-experiment.ts';
import { usage } from './arguments/simulate-arguments.ts';
import { readAsset } from './read-asset.ts';
import { orFail } from './run-command.ts';
import { toStorageWords } from './simulate/storage-warnings.ts';
import { toLine } from './simulate/to-line.ts';

const hundredths = (value: number): number => Math.round(value * 100) / 100;

async function simulate(argv: readonly string[]): Promise<void> {
  if (argv.includes('--help') || argv.includes('-h')) {
    process.stdout.write(usage);
    return;
  }
  if (argv.includes('--settings')) {
    process.stdout.write(listSettings());
    return;
  }
  const { options, experiment, remark } = await prepare(argv, 'simulate');
  if (remark !== null) process.stderr.write(`${remark}\n`);
  const trainer = await createTrainer(options.backend, { wasmPaths: nodeWasmPaths() });
  const topology = buildTopology(experiment.fleet);
  let last: RoundRecord[] = [];
  let began = performance.now();
  const federation = await openFederation(experiment, readAsset);
  for (const words of shortages(dealtData(federation), experiment.data.samplesPerDevice)) {
    process.stderr.write(`${words}\n`);
  }
  let said = '';
  for await (const record of runFederation(federation, trainer)) {
    last = [...last, record].slice(-LOOKS_BACK - 1);
    const line = toLine(record, fleetPerDay(last, experiment, topology));
    process.stdout.write(`${JSON.stringify({ ...line, wall_ms: hundredths(performance.now() - began) })}\n`);
    // Said when it begins and when it changes, not every round.
    const words = toStorageWords(record, experiment).join('\n');
    if (words !== said && words !== '') process.stderr.write(`${words}\n`);
    said = words;
    began = performance.now();
  }
  const end = last.at(-1);
  const sentence = end && targetSentence(end, experiment);
  if (sentence) process.stderr.write(`${sentence}\n`);
}

orFail(simulate(process.argv.slice(2)));
