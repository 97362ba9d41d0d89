// Reads an experiment from outside (a file, a link, a control). Bad input gets one clear sentence that names the setting
// and says what would be right; nothing half-applies.

import type * as z from 'zod/mini';
import { isAsynchronous } from '../engine/synchrony.ts';
import { printableSentence, printableText } from '../printable-text.ts';
import { strategyOf } from '../strategies/index.ts';
import { checkFleet } from './check-fleet.ts';
import { checkNesting } from './check-nesting.ts';
import { checkSize } from './check-size.ts';
import { checkTask } from './check-task.ts';
import { type Experiment, experimentSchema, settings } from './experiment.ts';
import { expectedValue } from './settings.ts';
import { pathIn, upgradeExperiment } from './versions.ts';

export class ExperimentError extends Error {
  override readonly name = 'ExperimentError';
  /** Path of the setting at fault, e.g. 'training.learningRate'; empty for the experiment as a whole. */
  readonly setting: string;

  constructor(setting: string, message: string) {
    super(printableSentence(message));
    this.setting = setting;
  }
}

/** The value at a path such as 'training.learningRate'. */
export function valueAt(tree: unknown, path: string): unknown {
  let value = tree;
  for (const key of path.split('.')) {
    // What every object inherits, such as 'constructor', is no setting.
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

/** A value of the input, quoted. Nothing that JSON cannot hold comes from a file, but from code it may. */
function shown(value: unknown): string {
  if (typeof value !== 'object' && typeof value !== 'string') return printableText(String(value));
  try {
    return printableText(JSON.stringify(value));
  } catch {
    return 'this value';
  }
}

const known = (path: string): string => {
  const group = path.includes('.') ? `${path.slice(0, path.lastIndexOf('.'))}.` : '';
  const siblings = [...settings.keys()].filter((each) => each.startsWith(group));
  const names = new Set(siblings.map((each) => each.slice(group.length).split('.')[0]));
  return [...names].join(', ');
};

function sentence(issue: z.core.$ZodIssue, input: unknown): { setting: string; message: string } {
  const path = issue.path.join('.');
  // A path may hold keys of the input's own.
  const short = printableText(path);
  const name = short || 'The experiment';
  if (issue.code === 'unrecognized_keys') {
    const setting = path ? `${path}.${issue.keys[0]}` : issue.keys[0];
    const siblings = known(setting);
    return {
      setting,
      message: `There is no setting "${printableText(setting)}"${siblings && `; known here are ${siblings}`}.`,
    };
  }
  const value = path ? valueAt(input, path) : input;
  const right = expectedValue(settings.get(path));
  if (right) return { setting: path, message: `${name} must be ${right}, not ${shown(value)}.` };
  if (issue.code === 'invalid_key') {
    return {
      setting: path,
      message: `${name}: "${printableText(String(issue.path.at(-1)))}" ${issue.issues[0]?.message ?? 'is no key here'}.`,
    };
  }
  if (issue.code === 'invalid_type') {
    return {
      setting: path,
      message: `${name} must be ${/^[aeiou]/.test(issue.expected) ? 'an' : 'a'} ${issue.expected}, not ${shown(value)}.`,
    };
  }
  return { setting: path, message: `${name}: ${shown(value)} ${issue.message.replace(/\.$/, '')}.` };
}

/** The sentence, which begins with a setting's path, with the name under which the input of an older version has this setting. */
function withFormerName(message: string, setting: string, input: unknown): string {
  const version = valueAt(input, 'version');
  const former = typeof version === 'number' ? pathIn(version, setting) : setting;
  if (former === setting || valueAt(input, former) === undefined || !message.startsWith(setting)) return message;
  return `${setting} (${former} in version ${version})${message.slice(setting.length)}`;
}

/** The sections of an input that are those of a checked experiment, and the rest of it. */
function splitChecked(input: unknown, checked: Experiment | undefined): [kept: Partial<Experiment>, fresh: unknown] {
  if (!checked || typeof input !== 'object' || input === null) return [{}, input];
  const known: Readonly<Record<string, unknown>> = checked;
  const isKept = ([key, value]: [string, unknown]): boolean => typeof value === 'object' && known[key] === value;
  const entries = Object.entries(input);
  return [Object.fromEntries(entries.filter(isKept)), Object.fromEntries(entries.filter((entry) => !isKept(entry)))];
}

/** Runs a check whose RangeError is a sentence that begins with the path of the setting at fault. */
function asExperimentError<Result>(check: () => Result): Result {
  try {
    return check();
  } catch (error) {
    if (error instanceof RangeError) throw new ExperimentError(error.message.split(/[ :]/)[0], error.message);
    throw error;
  }
}

/**
 * Fills in defaults and checks everything, the fleet's shape too. An input with a `version` is upgraded first.
 * @param checked an experiment that was parsed before: its sections that stand in the input are taken as they are. A fleet of
 * thousands is so not checked again because a learning rate has changed.
 * @throws {ExperimentError} one sentence, on the first thing that is wrong.
 */
export function parseExperiment(input: unknown, checked?: Experiment): Experiment {
  const [kept, fresh] = splitChecked(input, checked);
  asExperimentError(() => checkNesting(fresh));
  const upgraded = asExperimentError(() => upgradeExperiment(fresh));
  const parsed = experimentSchema.safeParse(upgraded);
  if (!parsed.success) {
    const { setting, message } = sentence(parsed.error.issues[0], upgraded);
    throw new ExperimentError(setting, withFormerName(message, setting, fresh));
  }
  const experiment: Experiment = { ...parsed.data, ...kept };
  if (!kept.fleet) asExperimentError(() => checkFleet(experiment.fleet));
  asExperimentError(() => checkTask(experiment));
  asExperimentError(() => checkSize(experiment));
  const refusal = strategyOf(experiment).refusal?.(experiment);
  if (refusal) throw new ExperimentError(refusal.split(' ')[0], refusal);
  const { families, aggregation } = experiment;
  if (families.assignment === 'by-rule' && isAsynchronous(experiment)) {
    const reason =
      aggregation.mode === 'by-tier'
        ? 'aggregation.cloudWaits is buffer, and must be barrier'
        : `aggregation.mode is ${aggregation.mode}, and must be sync`;
    throw new ExperimentError(
      'families.assignment',
      `families.assignment by-rule needs synchronous rounds; ${reason}.`,
    );
  }
  return experiment;
}
