// Live changes in words: whole ones for the round's story, short ones for the marks on the curves.

import { type CodecSpec, codecLabel } from '../../sim/compression/codec-spec.ts';
import { sparsifiers } from '../../sim/compression/sparsifiers/index.ts';
import type { Change } from '../../sim/experiment/edits.ts';
import { type Experiment, settings } from '../../sim/experiment/experiment.ts';
import { valueAt } from '../../sim/experiment/parse-experiment.ts';
import type { Fleet } from '../../sim/experiment/sections/fleet.ts';
import { settingsOfAll } from '../../sim/experiment/variants.ts';
import { deviceFigures, type FigureSpec, upperFigures } from '../../sim/fleet/figures.ts';
import { isProfileId, profileOf } from '../../sim/fleet/profiles/index.ts';
import { type Topology, tierOf } from '../../sim/fleet/topology.ts';
import { models } from '../../sim/model/models.ts';
import type { History } from '../../sim/record/record.ts';
import { formatCount } from '../format.ts';
import { formatFigure } from '../inspector/figure-format.ts';
import { formatQuantity, tidy } from '../quantity.ts';
import { labelOf } from './names.ts';

export interface Description {
  /** 'INT8' */
  readonly short: string;
  /** 'Quantise, device → gateway: INT8' */
  readonly long: string;
}

/** A setting's value just before a change. */
export type Before = (path: string) => unknown;

const figureSpecs: Readonly<Record<string, FigureSpec>> = { ...upperFigures, ...deviceFigures };
const uplinks = ['device', 'gateway', 'fog'];
/** Settings that together are one codec. */
const codecSettings = ['sparsify', 'quantise', ...Object.keys(settingsOfAll(sparsifiers))];
const lower = (text: string) => (/^[A-Z][a-z]/.test(text) ? text[0].toLowerCase() + text.slice(1) : text);

/** The value of a change as the control shows it. */
function shown({ path, value }: Change): string {
  const setting = settings.get(path);
  if (setting?.kind === 'choice') return setting.choices.find(({ id }) => id === value)?.label ?? String(value);
  if (setting?.kind === 'toggle') return value ? 'on' : 'off';
  if (setting?.kind !== 'number' || typeof value !== 'number') return String(value);
  if (value === 0 && setting.zero !== undefined) return setting.zero;
  // 'Rounds 30' says its unit already.
  const saysUnit = setting.label.toLowerCase().split(' ').includes(setting.unit);
  return formatQuantity(tidy(value * setting.shownTimes), saysUnit ? '' : setting.unit);
}

const nameOf = (id: string, topology: Topology): string => {
  if (id.startsWith('link:')) return `link of ${labelOf(id.slice(5), topology)}`;
  if (!id.startsWith('kind:')) return labelOf(id, topology);
  const kind = id.slice(5);
  return `every ${isProfileId(kind) ? profileOf(kind).short : kind}`;
};

const same = (text: string): Description => ({ short: text, long: text });

/** More devices than these to which the same was done are counted, not named. */
const MOST_NAMED = 3;
const isDevice = (id: string): boolean => id.startsWith('device-');

/** What was done to nodes, to each the same: one description of a node, or one of many devices. */
function alike(
  ids: readonly string[],
  name: (id: string) => string,
  tell: (who: string, count: number) => Description,
): Description[] {
  const devices = ids.filter(isDevice);
  if (devices.length <= MOST_NAMED) return ids.map((id) => tell(name(id), 1));
  const others = ids.filter((id) => !isDevice(id)).map((id) => tell(name(id), 1));
  return [tell(`${formatCount(devices.length)} devices`, devices.length), ...others];
}

/** Keys in the order in which they came first, each with its ids. */
function grouped(entries: readonly (readonly [key: string, id: string])[]): [key: string, ids: string[]][] {
  const groups = new Map<string, string[]>();
  for (const [key, id] of entries) {
    const ids = groups.get(key);
    if (ids) ids.push(id);
    else groups.set(key, [id]);
  }
  return [...groups];
}

/** Those of a list that another does not have. */
function without(list: readonly string[], others: readonly string[]): string[] {
  const known = new Set(others);
  return list.filter((each) => !known.has(each));
}

const fleetDescriptions: {
  readonly [Key in keyof Fleet]?: (now: Fleet[Key], before: Fleet[Key], topology: Topology) => Description[];
} = {
  added: (now, before, topology) =>
    now
      .filter(({ id }) => !before.some((each) => each.id === id))
      .map(({ id }) => same(`${labelOf(id, topology)} added`)),
  removed: (now, before, topology) =>
    alike(
      without(now, before),
      (id) => labelOf(id, topology),
      (who) => same(`${who} removed`),
    ),
  parents: (now, before, topology) =>
    Object.entries(now)
      .filter(([id, parent]) => before[id] !== parent)
      .map(([id, parent]) => ({
        short: `${labelOf(id, topology)} moved`,
        long: `${labelOf(id, topology)} moved to ${labelOf(parent, topology)}`,
      })),
  profiles: (now, before) =>
    grouped(
      Object.entries(now)
        .filter(([id, profile]) => before[id] !== profile)
        .map(([id, profile]) => [profile, id]),
    ).flatMap(([profile, ids]) =>
      alike(
        ids,
        (id) => `${tierOf(id)} ${id.slice(id.lastIndexOf('-') + 1)}`,
        (who, count) => same(`${who} ${count > 1 ? 'are' : 'is'} now ${profileOf(profile).short}`),
      ),
    ),
  figures: (now, before, topology) =>
    grouped(
      Object.entries(now).flatMap(([id, figures]) =>
        Object.entries(figures)
          .filter(([key, value]) => value !== undefined && before[id]?.[key] !== value)
          .map(([key, value]): [string, string] => [`${key} ${value}`, id]),
      ),
    ).flatMap(([group, ids]) => {
      const [key, value] = group.split(' ');
      const spec = figureSpecs[key];
      return alike(
        ids,
        (id) => nameOf(id, topology),
        (who) => ({
          short: `${who} ${lower(spec.label)}`,
          long: `${who}: ${lower(spec.label)} ${formatFigure(spec, Number(value))}`,
        }),
      );
    }),
  // Putting something back is an edit too: it has words of its own.
  off: (now, before, topology) => [
    ...alike(
      without(now, before),
      (id) => nameOf(id, topology),
      (who) => same(`${who} off`),
    ),
    ...alike(
      without(before, now),
      (id) => nameOf(id, topology),
      (who) => same(`${who} on again`),
    ),
  ],
  models: (now, before, topology) => [
    ...Object.entries(now)
      .filter(([id, kind]) => before[id] !== kind)
      .map(([id, kind]) => same(`${labelOf(id, topology)} takes ${models[kind].label}`)),
    ...Object.keys(before)
      .filter((id) => !(id in now))
      .map((id) => same(`${labelOf(id, topology)}: model by rule`)),
  ],
};

function describeFleet<Key extends keyof Fleet>(
  key: Key,
  now: Fleet[Key],
  before: Fleet[Key],
  topology: Topology,
): Description[] {
  const found = fleetDescriptions[key]?.(now, before, topology) ?? [];
  return found.length > 0 ? found : [same('an edit of the fleet undone')];
}

function describeOne(change: Change, before: Before, topology: Topology): Description[] {
  const setting = settings.get(change.path);
  if (setting?.kind === 'structure') {
    const key = change.path.slice('fleet.'.length) as keyof Fleet;
    return describeFleet(key, change.value as Fleet[typeof key], before(change.path) as Fleet[typeof key], topology);
  }
  const label = setting?.label ?? change.path;
  const value = shown(change);
  const isCodec = change.path.startsWith('compression.') && setting?.kind === 'choice';
  return [{ short: isCodec ? value : `${lower(label)} ${value}`, long: `${label}: ${value}` }];
}

/** Changes in words; the same codec set on all three uplinks is one change to a reader. */
export function describeChanges(changes: readonly Change[], before: Before, topology: Topology): Description[] {
  const now = new Map(changes.map(({ path, value }) => [path, value]));
  const pathsOf = (tier: string) => codecSettings.map((key) => `compression.${tier}.${key}`);
  const codecOf = (tier: string) => {
    const own = codecSettings.map((key, index) => [key, now.get(pathsOf(tier)[index]) ?? before(pathsOf(tier)[index])]);
    return codecLabel(Object.fromEntries(own) as CodecSpec);
  };
  const areSet = uplinks.every((tier) => pathsOf(tier).some((path) => now.has(path)));
  const codec = areSet ? codecOf(uplinks[0]) : '';
  if (!areSet || uplinks.some((tier) => codecOf(tier) !== codec))
    return changes.flatMap((change) => describeOne(change, before, topology));
  const together = new Set(uplinks.flatMap(pathsOf));
  const rest = changes.filter(({ path }) => !together.has(path));
  return [
    { short: codec, long: `${codec} on every uplink` },
    ...rest.flatMap((change) => describeOne(change, before, topology)),
  ];
}

/** Walks a run's live changes in order, and hands each round's to `visit` with the values before them. */
export function forEachChange(
  history: History,
  initialExperiment: Experiment,
  visit: (index: number, changes: readonly Change[], before: Before) => void,
): void {
  const set = new Map<string, unknown>();
  const before: Before = (path) => (set.has(path) ? set.get(path) : valueAt(initialExperiment, path));
  history.forEach(({ changes }, index) => {
    if (changes.length === 0) return;
    visit(index, changes, before);
    for (const { path, value } of changes) set.set(path, value);
  });
}
