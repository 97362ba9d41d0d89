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

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether two settings' values are the same, in whatever order their keys were set. */
function equal(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((each, index) => equal(each, b[index]));
  if (!isRecord(a) || !isRecord(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && equal(a[key], b[key]));
}

const inOrder = (path: string, value: unknown): unknown =>
  unordered.has(path) && Array.isArray(value) ? [...value].sort() : value;

const same = (path: string, a: unknown, b: unknown): boolean => a === b || equal(inOrder(path, a), inOrder(path, b));

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
