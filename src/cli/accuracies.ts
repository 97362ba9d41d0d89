// npm run accuracies
// Measures every accuracy that docs and lessons state, over several seeds and on all cores, and writes docs/accuracies.json,
// docs/accuracies.md, the table of docs/experiments.md, and the lessons' figures. Takes minutes; the same sources give the same files.

import { readFile, writeFile } from 'node:fs/promises';
import { publishedCases, tasksOf, toResult } from './accuracies/published-cases.ts';
import { insertIntoExperimentsDoc, toDocs, toLessonFigures } from './accuracies/published-text.ts';
import { accuraciesUsage, parseAccuraciesArguments } from './arguments/simulate-arguments.ts';
import { measureInParallel } from './shared/measure-in-parallel.ts';
import { runCommand } from './shared/run-command.ts';

const root = new URL('../../', import.meta.url);
const at = (path: string): URL => new URL(path, root);

async function accuracies(argv: readonly string[]): Promise<void> {
  if (argv.includes('--help') || argv.includes('-h')) {
    process.stdout.write(accuraciesUsage);
    return;
  }
  const backend = parseAccuraciesArguments(argv);
  const tasks = publishedCases.flatMap((each) => tasksOf(each).map((task) => ({ ...task, title: each.title })));
  const start = performance.now();
  const measured = await measureInParallel(tasks, backend, (done, { pipeline, experiment }) => {
    const minutes = ((performance.now() - start) / 60_000).toFixed(1);
    process.stderr.write(`${done} of ${tasks.length} after ${minutes} min: ${pipeline}, seed ${experiment.seed}\n`);
  });
  let from = 0;
  const results = publishedCases.map((each) => {
    const runs = measured.slice(from, from + tasksOf(each).length);
    from += runs.length;
    return toResult(each, runs);
  });
  const document = await readFile(at('docs/experiments.md'), 'utf8');
  await writeFile(at('docs/accuracies.json'), `${JSON.stringify(results, null, 2)}\n`);
  await writeFile(at('docs/accuracies.md'), toDocs(results));
  await writeFile(at('src/sim/lessons/lesson-accuracies.ts'), toLessonFigures(results));
  await writeFile(at('docs/experiments.md'), insertIntoExperimentsDoc(document, results));
}

runCommand(accuracies(process.argv.slice(2)));
