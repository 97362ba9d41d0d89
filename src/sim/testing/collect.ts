// Runs an experiment with the trivial learner and collects its records.

import type { ReadAsset } from '../data/dataset.ts';
import { type RunOptions, run } from '../engine/run.ts';
import { parseExperiment } from '../experiment/parse-experiment.ts';
import type { RoundRecord } from '../record/record.ts';
import { trivialTrainer } from './trivial-trainer.ts';

/** Noise needs no file and is the quickest to make. */
export const noiseData = { dataset: 'tutorial-noise' } as const;

export async function collect(
  experiment: object,
  options: RunOptions = {},
  trainer = trivialTrainer,
): Promise<RoundRecord[]> {
  const records: RoundRecord[] = [];
  const readAsset: ReadAsset = async ({ name }) => {
    throw new Error(`This test has no ${name}.`);
  };
  for await (const record of run(parseExperiment(experiment), trainer, { readAsset, ...options })) records.push(record);
  return records;
}
