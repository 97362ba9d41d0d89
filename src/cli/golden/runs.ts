// The runs whose records must stay as they are: every example and every lesson, the default experiment with five seeds, and random
// experiments over every section with live edits. Short, so that all of them together take seconds.

import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { applyChanges } from '../../sim/experiment/edits.ts';
import { defaultExperiment, type Experiment } from '../../sim/experiment/experiment.ts';
import { parseExperiment } from '../../sim/experiment/parse-experiment.ts';
import { lessons } from '../../sim/lessons/lessons.ts';
import { type AnyRun, anyRun } from '../../sim/testing/any-experiment.ts';

export interface GoldenRun extends AnyRun {
  readonly name: string;
  /** Whether it really learns; else the trivial learner stands in, which costs nothing. */
  readonly learns: boolean;
}

const SEEDS = [1, 2, 3, 4, 5];
const RANDOM_RUNS = 60;
/** Names the random experiments: another number would be other ones. */
const RANDOM_SEED = 20_261_125;
const ROUNDS = 6;

const short = (experiment: Experiment): Experiment => ({
  ...experiment,
  rounds: Math.min(ROUNDS, experiment.rounds),
});

const examples = new URL('../../../examples/', import.meta.url);
const exampleOf = (file: string): Experiment =>
  parseExperiment(JSON.parse(readFileSync(new URL(file, examples), 'utf8')));

export const goldenRuns: readonly GoldenRun[] = [
  ...SEEDS.map((seed) => ({
    name: `default, seed ${seed}`,
    experiment: short({ ...defaultExperiment, seed }),
    learns: true,
  })),
  ...readdirSync(examples)
    .sort()
    .map((file) => ({ name: `example ${file}`, experiment: short(exampleOf(file)), learns: true })),
  ...lessons.map(({ id, changes }) => ({
    name: `lesson ${id}`,
    experiment: short(applyChanges(defaultExperiment, changes)),
    learns: false,
  })),
]
  .map((each): GoldenRun => ({ ...each, edits: [] }))
  .concat(
    fc
      .sample(anyRun(), { numRuns: RANDOM_RUNS, seed: RANDOM_SEED })
      .map((run, index) => ({ ...run, name: `random ${index + 1}`, learns: false })),
  );
