// Changes to an experiment while it runs. An edit is a list of settings and their new values, applied at a round's start
// and kept: experiment + edits + seed replay to the same records.

import { type Experiment, settings } from './experiment.ts';
import { parseExperiment, valueAt } from './parse-experiment.ts';

export interface Change {
  /** Path of a setting, e.g. 'compression.device.quantise'. */
  readonly path: string;
  readonly value: unknown;
}

export interface Edit {
  /** The first round that the changes hold for. */
  readonly round: number;
  readonly changes: readonly Change[];
}

/** Lists of names whose order means nothing: switching two links off and one on and off again is no change. */
const unordered: ReadonlySet<string> = new Set(['fleet.off', 'fleet.removed']);

/** A value as text that does not depend on the order in which keys were set. */
const canonical = (path: string, value: unknown): string =>
  JSON.stringify(unordered.has(path) && Array.isArray(value) ? [...value].sort() : value, (_, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );

const same = (path: string, a: unknown, b: unknown): boolean => a === b || canonical(path, a) === canonical(path, b);

/** The settings in which two experiments differ, with the values of the second. */
export function changesBetween(before: Experiment, after: Experiment): Change[] {
  if (before === after) return [];
  const changes: Change[] = [];
  for (const path of settings.keys()) {
    const value = valueAt(after, path);
    if (!same(path, valueAt(before, path), value)) changes.push({ path, value });
  }
  return changes;
}

/** True if every change may be made while the run goes on. */
export const areLive = (changes: readonly Change[]): boolean =>
  changes.every(({ path }) => settings.get(path)?.live === true);

function withValue(tree: unknown, keys: readonly string[], value: unknown): unknown {
  if (keys.length === 0) return value;
  const [key, ...rest] = keys;
  const branch = typeof tree === 'object' && tree !== null ? (tree as Record<string, unknown>) : {};
  return { ...branch, [key]: withValue(branch[key], rest, value) };
}

/**
 * The experiment with the changes made, checked as a whole. Sections that no change touches are the same objects as before.
 * @throws {ExperimentError} if the result would not be a valid experiment.
 */
export function applyChanges(experiment: Experiment, changes: readonly Change[]): Experiment {
  let changed: unknown = experiment;
  for (const { path, value } of changes) changed = withValue(changed, path.split('.'), value);
  return parseExperiment(changed, experiment);
}
