// The accuracies that docs and lessons state: the experiments that are measured for them, and the committed file that they are taken
// from. `npm run accuracies` (accuracies.ts) measures and writes them; accuracies.test.ts checks the texts against the file.

import { applyChanges, type Change, changesBetween } from '../../sim/experiment/edits.ts';
import { defaultExperiment, type Experiment } from '../../sim/experiment/experiment.ts';
import { VERSION } from '../../sim/experiment/versions.ts';
import { type EfficiencyRow, type Measurement, toEfficiencyRows } from '../../sim/lab/efficiency/efficiency.ts';
import { pipelines } from '../../sim/lab/efficiency/pipelines.ts';
import { seedsFrom } from '../../sim/lab/efficiency/seeds.ts';
import { byteLessons } from '../../sim/lessons/byte-lessons.ts';
import type { MeasureTask } from '../shared/measure-in-parallel.ts';

/** Runs behind every published figure. */
export const SEEDS = 5;

export interface PublishedCase {
  readonly id: string;
  readonly title: string;
  /** Changes to the default experiment. */
  readonly changes: readonly Change[];
  readonly rounds: number;
  /** Ids of the pipelines that it is measured under. */
  readonly pipelines: readonly string[];
}

const lessonChanges = (id: string): readonly Change[] => {
  const found = byteLessons.find((each) => each.id === id);
  if (!found) throw new Error(`There is no lesson ${id}.`);
  return found.changes;
};

const everyPipeline = pipelines.map(({ id }) => id).filter((id) => id !== 'current');

export const publishedCases: readonly PublishedCase[] = [
  {
    id: 'factory-motors',
    title: 'Factory motors',
    changes: [],
    rounds: 100,
    pipelines: everyPipeline,
  },
  {
    id: 'weather-stations',
    title: 'Weather stations',
    changes: [{ path: 'data.dataset', value: 'weather-stations' }],
    rounds: 100,
    pipelines: everyPipeline,
  },
  {
    id: 'tutorial-noise',
    title: 'Tutorial noise',
    changes: [{ path: 'data.dataset', value: 'tutorial-noise' }],
    rounds: 100,
    pipelines: ['current'],
  },
  {
    id: 'micro-cnn',
    title: 'Factory motors, MicroCNN on boards that have room for it',
    changes: [
      { path: 'model.kind', value: 'micro-cnn' },
      { path: 'training.learningRate', value: 0.2 },
      { path: 'fleet.mix', value: ['esp32', 'raspberry-pi'] },
    ],
    rounds: 100,
    pipelines: ['current'],
  },
  {
    id: 'one-in-a-hundred',
    title: 'Lesson “One value in a hundred”, without error feedback',
    changes: lessonChanges('error-memory'),
    rounds: 60,
    pipelines: ['current'],
  },
  {
    id: 'one-in-a-hundred-feedback',
    title: 'Lesson “One value in a hundred”, with error feedback',
    changes: [...lessonChanges('error-memory'), { path: 'compression.device.feedback', value: true }],
    rounds: 60,
    pipelines: ['current'],
  },
  {
    id: 'payload-weights',
    title: 'Lesson “Weights or updates”: weights in INT4',
    changes: lessonChanges('payload'),
    rounds: 60,
    pipelines: ['current'],
  },
  {
    id: 'payload-update',
    title: 'Lesson “Weights or updates”: the update in INT4',
    changes: [...lessonChanges('payload'), { path: 'compression.payload', value: 'update' }],
    rounds: 60,
    pipelines: ['current'],
  },
];

export const experimentOf = ({ changes, rounds }: PublishedCase): Experiment =>
  applyChanges(defaultExperiment, [...changes, { path: 'rounds', value: rounds }]);

/** A run for each pipeline and seed, in this order. */
export const tasksOf = (each: PublishedCase): MeasureTask[] =>
  each.pipelines.flatMap((pipeline) =>
    seedsFrom(defaultExperiment.seed, SEEDS).map((seed) => ({
      pipeline,
      experiment: applyChanges(experimentOf(each), [{ path: 'seed', value: seed }]),
    })),
  );

/** The fields of a measurement that the published figures need. */
type PublishedRun = Pick<Measurement, 'id' | 'seed' | 'rounds' | 'bytesUp' | 'upload' | 'accuracy'>;

/** One case in docs/accuracies.json. */
export interface PublishedResult {
  readonly id: string;
  readonly title: string;
  /** Of the schema that the settings are of. */
  readonly version: number;
  /** Settings that differ from the default experiment, by their paths. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly runs: readonly PublishedRun[];
}

/** Six decimals: machines may differ in the digits after them. */
const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;

export const settingsOf = (each: PublishedCase): Record<string, unknown> =>
  Object.fromEntries(changesBetween(defaultExperiment, experimentOf(each)).map(({ path, value }) => [path, value]));

export const toResult = (each: PublishedCase, measured: readonly Measurement[]): PublishedResult => ({
  id: each.id,
  title: each.title,
  version: VERSION,
  settings: settingsOf(each),
  runs: measured.map(({ id, seed, rounds, bytesUp, upload, accuracy }) => ({
    id,
    seed,
    rounds,
    bytesUp: rounded(bytesUp),
    upload: rounded(upload),
    accuracy: rounded(accuracy),
  })),
});

/** The rows of one case, without energy and time, which are not published. */
export function rowsOf(results: readonly PublishedResult[], id: string): EfficiencyRow[] {
  const found = results.find((each) => each.id === id);
  if (!found) throw new Error(`docs/accuracies.json has no ${id}: run npm run accuracies.`);
  const unknown = { bytesDown: Number.NaN, uploadRaw: Number.NaN, energy: Number.NaN, time: Number.NaN };
  return toEfficiencyRows(found.runs.map((run) => ({ ...run, ...unknown })));
}

/** The row of one pipeline of a case. */
export function rowOf(results: readonly PublishedResult[], id: string, pipeline: string): EfficiencyRow {
  const row = rowsOf(results, id).find((each) => each.id === pipeline);
  if (!row) throw new Error(`docs/accuracies.json has no ${pipeline} of ${id}: run npm run accuracies.`);
  return row;
}
