// What every command does first: reads its arguments and the experiment, and sees which settings have no effect.

import type { Experiment } from '../sim/experiment/experiment.ts';
import { wordsOnSettingsWithoutEffect } from '../sim/experiment/settings-in-effect.ts';
import { parseArguments, type SimulateArguments } from './arguments.ts';
import { readExperiment } from './read-experiment.ts';

export interface Prepared {
  readonly options: SimulateArguments;
  readonly experiment: Experiment;
  /** For stderr: a sentence on settings that were changed and have no effect; null if there are none. */
  readonly remark: string | null;
}

/**
 * @param command whose arguments these are, for a sentence
 * @throws {UsageError | ExperimentError} one sentence
 */
export async function prepare(argv: readonly string[], command: string): Promise<Prepared> {
  const options = parseArguments(argv, command);
  const experiment = await readExperiment(options);
  return { options, experiment, remark: wordsOnSettingsWithoutEffect(experiment) };
}
