// The runs whose records must stay as they are: every example and every lesson, the default experiment with five seeds, and random
// experiments over every section with live edits. Short, so that all of them together take seconds.

import { readdirSync, readFileSync } from 'node:fs';
import { applyChanges, type Change, type Edit } from '../../sim/experiment/edits.ts';
import { defaultExperiment, type Experiment } from '../../sim/experiment/experiment.ts';
import { parseExperiment } from '../../sim/experiment/parse-experiment.ts';
import { upgradePath, withFileVersion } from '../../sim/experiment/versions.ts';
import { lessons } from '../../sim/lessons/lessons.ts';
import type { AnyRun } from '../../sim/testing/random-experiments.ts';

export interface GoldenRun extends AnyRun {
  readonly name: string;
  /** Whether it really learns; else the trivial learner stands in, which costs nothing. */
  readonly learns: boolean;
}

const SEEDS = [1, 2, 3, 4, 5];
const ROUNDS = 6;

const short = (experiment: Experiment): Experiment => ({
  ...experiment,
  rounds: Math.min(ROUNDS, experiment.rounds),
});

const examples = new URL('../../../examples/', import.meta.url);
const exampleOf = (file: string): Experiment =>
  parseExperiment(withFileVersion(JSON.parse(readFileSync(new URL(file, examples), 'utf8'))));

/**
 * Sixty experiments that `anyRun` of sim/testing once drew, as changes of the default one. They are kept in a file, because what it
 * draws depends on the schema: each new setting would make other ones of them.
 */
interface RandomRun {
  readonly changes: readonly Change[];
  readonly edits: readonly Edit[];
}
/** The file was written in version 1 of the schema. */
const upgraded = (changes: readonly Change[]): Change[] =>
  changes.map(({ path, value }) => ({ path: upgradePath(path, 1), value }));

const randomRuns: readonly RandomRun[] = JSON.parse(readFileSync(new URL('random-runs.json', import.meta.url), 'utf8'));

/** Examples that came after the set was written: they are in it from its next writing on, when this list is emptied. */
const since: ReadonlySet<string> = new Set(['semi-asynchronous.json']);

export const goldenRuns: readonly GoldenRun[] = [
  ...SEEDS.map((seed) => ({
    name: `default, seed ${seed}`,
    experiment: short({ ...defaultExperiment, seed }),
    learns: true,
  })),
  ...readdirSync(examples)
    .sort()
    .filter((file) => !since.has(file))
    .map((file) => ({ name: `example ${file}`, experiment: short(exampleOf(file)), learns: true })),
  ...lessons.map(({ id, changes }) => ({
    name: `lesson ${id}`,
    experiment: short(applyChanges(defaultExperiment, changes)),
    learns: false,
  })),
]
  .map((each): GoldenRun => ({ ...each, edits: [] }))
  .concat(
    randomRuns.map(({ changes, edits }, index) => ({
      name: `random ${index + 1}`,
      experiment: applyChanges(defaultExperiment, upgraded(changes)),
      edits: edits.map((edit) => ({ ...edit, changes: upgraded(edit.changes) })),
      learns: false,
    })),
  );
