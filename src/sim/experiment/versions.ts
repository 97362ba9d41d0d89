// Which version of the schema an experiment was written for. A file says it in `version`; one that does not is of version 1. Older ones
// are upgraded one version at a time, by the table below: a name that changes gets a line here, and old files go on working.

import { printableText } from '../printable-text.ts';

/** The names that settings got in a version, by their paths until then. The first leads from version 1 to 2. */
const migrations: readonly Readonly<Record<string, string>>[] = [
  {
    // They choose an aggregator, of which weights are one kind; the gateway's and the buffer's other settings stand beside them.
    'aggregation.gateway': 'aggregation.gatewayAggregator',
    'aggregation.upper': 'aggregation.upperAggregator',
    'aggregation.bufferWeights': 'aggregation.bufferAggregator',
    // They are nobody's, and none of a family's own.
    'families.samples': 'families.publicSamples',
  },
];

/** Of this program's schema. */
export const VERSION = 1 + migrations.length;

type Tree = Readonly<Record<string, unknown>>;
const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A value moved to another path. Where there is none, or one that is there already, nothing is. */
function renamed(tree: Tree, from: string, to: string): Tree {
  const [section, key] = from.split('.');
  const [newSection, newKey] = to.split('.');
  const before = tree[section];
  const target = tree[newSection] ?? {};
  if (!isTree(before) || !Object.hasOwn(before, key) || !isTree(target) || Object.hasOwn(target, newKey)) return tree;
  const { [key]: value, ...rest } = before;
  const left = { ...tree, [section]: rest };
  return { ...left, [newSection]: { ...(newSection === section ? rest : target), [newKey]: value } };
}

/** @throws {RangeError} one sentence, if it is none that this program reads. */
function checkedVersion(version: unknown): number {
  const known = VERSION === 1 ? 'version 1' : `versions 1 to ${VERSION}`;
  if (typeof version === 'number' && Number.isInteger(version) && version > VERSION)
    throw new RangeError(`version is ${version}: a newer Fogline wrote this experiment; this one reads ${known}.`);
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    const text = typeof version === 'string' ? JSON.stringify(version) : String(version);
    const shown = typeof version === 'object' && version !== null ? 'this value' : printableText(text);
    throw new RangeError(`version must be a whole number from 1 to ${VERSION}, not ${shown}.`);
  }
  return version;
}

/**
 * An experiment as this program's schema has it, without its version. One that names no version is of the present one.
 * @throws {RangeError} one sentence, if its version is newer than the program, or none
 */
export function upgradeExperiment(input: unknown): unknown {
  if (!isTree(input) || !Object.hasOwn(input, 'version')) return input;
  const { version, ...rest } = input;
  let tree: Tree = rest;
  for (const renames of migrations.slice(checkedVersion(version) - 1)) {
    for (const [from, to] of Object.entries(renames)) tree = renamed(tree, from, to);
  }
  return tree;
}

/** What a setting's path in a version has become since. */
export const upgradePath = (path: string, version: number): string =>
  migrations.slice(version - 1).reduce((now, renames) => renames[now] ?? now, path);

/** What a setting of this program was called in an older version. */
export const pathIn = (version: number, path: string): string =>
  migrations
    .slice(version - 1)
    .reduceRight((now, renames) => Object.keys(renames).find((each) => renames[each] === now) ?? now, path);

/** What an experiment's file holds: itself, and the version that it is written in. */
export const toExperimentFile = <Settings extends object>(
  experiment: Settings,
): Settings & { readonly version: number } => ({
  version: VERSION,
  ...experiment,
});

/** A file's experiment with its version: files did not name one before version 2. */
export const withFileVersion = (file: object): object => ({ version: 1, ...file });
