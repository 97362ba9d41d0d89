// npm run efficiency -- [experiment.json] [--rounds N] [--seed S] [--seeds 1|3|5|10|…] [--json] [--backend wasm|cpu]
// The efficiency table without a browser: the experiment under every pipeline, each with the same seeds, as a Markdown table or
// as JSON on stdout. Progress goes to stderr.

import { applyChanges } from '../sim/experiment/edits.ts';
import { toEfficiencyRows } from '../sim/lab/efficiency/efficiency.ts';
import { toMarkdown, toPlainRows } from '../sim/lab/efficiency/export.ts';
import { pipelineOf, pipelines } from '../sim/lab/efficiency/pipelines.ts';
import { seedsFrom } from '../sim/lab/efficiency/seeds.ts';
import { parseEfficiencyArguments } from './arguments/efficiency-arguments.ts';
import { readCommandInput } from './arguments/read-experiment.ts';
import { measureInParallel } from './shared/measure-in-parallel.ts';
import { runCommand } from './shared/run-command.ts';

const usage = `npm run efficiency -- [experiment.json] [--rounds N] [--seed S] [--seeds N] [--json] [--backend wasm|cpu]

  experiment.json   settings that differ from the default
  --rounds N        rounds of each run
  --seed S          the first seed
  --seeds N         runs of each pipeline, with the seeds S, S + 1, …: figures are mean ± sample standard deviation (default 1)
  --json            JSON on stdout instead of a Markdown table
  --backend         where it trains: wasm (default) or cpu
`;

async function efficiency(argv: readonly string[]): Promise<void> {
  if (argv.includes('--help') || argv.includes('-h')) {
    process.stdout.write(usage);
    return;
  }
  const { seeds, json, remaining } = parseEfficiencyArguments(argv);
  const { options, experiment, warning } = await readCommandInput(remaining, 'efficiency');
  if (warning !== null) process.stderr.write(`${warning}\n`);
  const tasks = pipelines.flatMap(({ id }) =>
    seedsFrom(experiment.seed, seeds).map((seed) => ({
      pipeline: id,
      experiment: applyChanges(experiment, [{ path: 'seed', value: seed }]),
    })),
  );
  const measured = await measureInParallel(tasks, options.backend, (done, { pipeline, experiment: { seed } }) => {
    process.stderr.write(`${done} of ${tasks.length}: ${pipelineOf(pipeline).label}, seed ${seed}\n`);
  });
  const rows = toEfficiencyRows(measured);
  process.stdout.write(json ? `${JSON.stringify(toPlainRows(rows), null, 2)}\n` : toMarkdown(rows));
  if (seeds === 1) process.stderr.write('One seed is an anecdote: --seeds 5 shows the spread.\n');
}

runCommand(efficiency(process.argv.slice(2)));
