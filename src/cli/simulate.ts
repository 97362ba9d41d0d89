// npm run simulate -- [experiment.json] [--rounds N] [--seed S] [--backend wasm|cpu]
// The page's engine without a browser: one JSON object per line and round on stdout. Messages go to stderr; invalid input ends
// with one, and exit code 2.

import { shortages } from '../sim/data/data-distribution.ts';
import { dataDistribution, openFederation } from '../sim/data/federation.ts';
import { runFederation } from '../sim/engine/run.ts';
import { toExperimentFile } from '../sim/experiment/versions.ts';
import { buildTopology } from '../sim/fleet/topology.ts';
import { fleetDailyProjection, PROJECTION_ROUNDS } from '../sim/record/daily-projection.ts';
import type { RoundRecord } from '../sim/record/record.ts';
import { targetSentence } from '../sim/record/run-end.ts';
import { nodeWasmPaths } from '../training/node-wasm-paths.ts';
import { createTrainer } from '../training/trainer.ts';
import { listSettings } from './arguments/list-settings.ts';
import { readCommandInput } from './arguments/read-experiment.ts';
import { usage } from './arguments/simulate-arguments.ts';
import { readAsset } from './shared/read-asset.ts';
import { runCommand } from './shared/run-command.ts';
import { toOutputLine } from './simulate/output-line.ts';
import { storageWarnings } from './simulate/storage-warnings.ts';

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
  const { options, experiment, warning } = await readCommandInput(
    argv.filter((each) => each !== '--experiment'),
    'simulate',
  );
  if (warning !== null) process.stderr.write(`${warning}\n`);
  if (argv.includes('--experiment')) {
    process.stdout.write(`${JSON.stringify(toExperimentFile(experiment), null, 2)}\n`);
    return;
  }
  const trainer = await createTrainer(options.backend, { wasmPaths: nodeWasmPaths() });
  const topology = buildTopology(experiment.fleet);
  let latest: RoundRecord[] = [];
  let start = performance.now();
  const federation = await openFederation(experiment, readAsset);
  for (const shortage of shortages(dataDistribution(federation), experiment.data.samplesPerDevice)) {
    process.stderr.write(`${shortage}\n`);
  }
  let printedWarnings = '';
  for await (const record of runFederation(federation, trainer)) {
    latest = [...latest, record].slice(-PROJECTION_ROUNDS - 1);
    const line = toOutputLine(record, fleetDailyProjection(latest, experiment, topology));
    process.stdout.write(`${JSON.stringify({ ...line, wall_ms: hundredths(performance.now() - start) })}\n`);
    // Printed when they first occur and when they change, not every round.
    const warnings = storageWarnings(record, experiment).join('\n');
    if (warnings !== printedWarnings && warnings !== '') process.stderr.write(`${warnings}\n`);
    printedWarnings = warnings;
    start = performance.now();
  }
  const last = latest.at(-1);
  const sentence = last && targetSentence(last, experiment);
  if (sentence) process.stderr.write(`${sentence}\n`);
}

runCommand(simulate(process.argv.slice(2)));
