// The parts of docs/ that are taken from the code: settings, choices, figures, sources. `npm run docs` (docs.ts) writes them between
// their markers, and docs.test.ts holds the committed files to them.

import { aggregators } from '../../sim/aggregators/index.ts';
import { adaptivePolicies } from '../../sim/compression/adaptive/index.ts';
import { factorisers } from '../../sim/compression/factorisers/index.ts';
import { indexCodings } from '../../sim/compression/indices/index.ts';
import { quantisers } from '../../sim/compression/quantisers/index.ts';
import { sparsifiers } from '../../sim/compression/sparsifiers/index.ts';
import { datasets } from '../../sim/data/datasets/index.ts';
import { partitions } from '../../sim/data/partition/index.ts';
import { defaultExperiment, settings } from '../../sim/experiment/experiment.ts';
import { valueAt } from '../../sim/experiment/parse-experiment.ts';
import type { Setting, Source } from '../../sim/experiment/settings.ts';
import type { OwnSettings, Variant } from '../../sim/experiment/variants.ts';
import { chargings } from '../../sim/fleet/charging/index.ts';
import { deviceFigures, type FigureSpec } from '../../sim/fleet/figures.ts';
import { profileSets } from '../../sim/fleet/profiles/index.ts';
import { type Profile, provenanceLabel } from '../../sim/fleet/profiles/profile.ts';
import { models } from '../../sim/model/models.ts';
import { availabilities } from '../../sim/network/availability/index.ts';
import { traces } from '../../sim/network/traces/index.ts';
import { optimisers } from '../../sim/optimisers/index.ts';
import { statusTable } from '../../sim/record/statuses.ts';
import { schedules } from '../../sim/schedules/index.ts';
import { selections } from '../../sim/selection/index.ts';
import { strategies } from '../../sim/strategies/index.ts';

export interface Registry {
  readonly title: string;
  /** The settings that choose from it. */
  readonly chosenBy: string;
  readonly entries: Readonly<Record<string, Variant<OwnSettings>>>;
}

export const registries: readonly Registry[] = [
  { title: 'Datasets', chosenBy: 'data.dataset', entries: datasets },
  { title: 'Partitions', chosenBy: 'data.partition', entries: partitions },
  { title: 'Models', chosenBy: 'model.kind', entries: models },
  { title: 'Local optimisers', chosenBy: 'training.optimiser', entries: optimisers },
  { title: 'Strategies', chosenBy: 'aggregation.strategy', entries: strategies },
  { title: 'Aggregators', chosenBy: 'aggregation.gatewayAggregator', entries: aggregators },
  { title: 'Selection policies', chosenBy: 'selection.policy', entries: selections },
  { title: 'Factors', chosenBy: 'compression.*.factor', entries: factorisers },
  { title: 'Sparsifiers', chosenBy: 'compression.*.sparsify', entries: sparsifiers },
  { title: 'Index codings', chosenBy: 'compression.*.indices', entries: indexCodings },
  { title: 'Quantisers', chosenBy: 'compression.*.quantise', entries: quantisers },
  { title: 'Adaptive policies', chosenBy: 'compression.adapt', entries: adaptivePolicies },
  { title: 'Traces', chosenBy: 'network.trace', entries: traces },
  { title: 'Availability patterns', chosenBy: 'network.availability', entries: availabilities },
  { title: 'Charging', chosenBy: 'power.charging', entries: chargings },
  { title: 'Energy schedules', chosenBy: 'power.schedule', entries: schedules },
];

const sectionTitles: Readonly<Record<string, string>> = {
  '': 'The run',
  data: 'Data',
  model: 'Model',
  families: 'Families of models',
  training: 'Local training',
  aggregation: 'Aggregation',
  selection: 'Selection',
  compression: 'Compression',
  pruning: 'Pruning',
  subModels: 'Sub-models',
  network: 'Network',
  power: 'Power',
  fleet: 'Fleet',
};

/** With a comma between thousands; small numbers as JavaScript writes them. */
const formatNumber = (value: number): string =>
  value >= 1000 ? value.toLocaleString('en-GB', { maximumFractionDigits: 6 }) : String(value);

function formatRange(setting: Setting): string {
  switch (setting.kind) {
    case 'number': {
      const unit =
        setting.unit === '' ? '' : setting.shownTimes === 1 ? ` ${setting.unit}` : ` (shown in ${setting.unit})`;
      return `${formatNumber(setting.min)} to ${formatNumber(setting.max)}${unit}${setting.integer ? ', whole' : ''}`;
    }
    case 'choice':
      return setting.choices.map(({ id }) => `\`${id}\``).join(', ');
    case 'toggle':
      return '`true` or `false`';
    case 'structure':
      return 'see [the fleet](#the-fleet)';
  }
}

const sectionOf = (path: string): string => (path.includes('.') ? path.slice(0, path.indexOf('.')) : '');

/** What two settings must share to be described at once: all but their paths, and the tier in their labels. */
const likeness = (path: string, { label, ...rest }: Setting): string =>
  JSON.stringify([path.split('.').toSpliced(1, 1), label.replace(/, [^,]*→.*$|, back down$/, ''), rest]);

/** Settings that the tiers have alike are listed once, with the tiers. */
function groupAlike(paths: readonly (readonly [string, Setting])[]): (readonly [string[], Setting])[] {
  const groups = new Map<string, [string[], Setting]>();
  for (const [path, setting] of paths) {
    const key = path.split('.').length > 2 ? likeness(path, setting) : path;
    const group = groups.get(key);
    if (group) group[0].push(path);
    else groups.set(key, [[path], setting]);
  }
  return [...groups.values()];
}

function settingLine([paths, setting]: readonly [string[], Setting]): string {
  const [path, ...others] = paths;
  const also = others.length === 0 ? '' : `, also of ${others.map((each) => `\`${each.split('.')[1]}\``).join(', ')}`;
  const value = `\`${JSON.stringify(valueAt(defaultExperiment, path))}\``;
  const label = others.length === 0 ? setting.label : setting.label.replace(/, .*$/, '');
  const live = setting.live ? ' · live' : '';
  return `- **\`${path}\`**${also} · ${value} · ${formatRange(setting)}${live}\n  _${label}._ ${setting.help}\n`;
}

function toSettings(): string {
  const sections = new Map<string, [string, Setting][]>();
  for (const [path, setting] of settings) {
    const section = sectionOf(path);
    sections.set(section, [...(sections.get(section) ?? []), [path, setting]]);
  }
  return [...sections]
    .map(([section, own]) => `### ${sectionTitles[section] ?? section}\n\n${groupAlike(own).map(settingLine).join('')}`)
    .join('\n');
}

/** ' Settings: `fraction`, `count`.' */
function ownSettings(own: OwnSettings): string {
  const keys = Object.keys(own).map((key) => `\`${key}\``);
  return keys.length === 0 ? '' : ` ${keys.length === 1 ? 'Setting' : 'Settings'}: ${keys.join(', ')}.`;
}

function toChoices(): string {
  return registries
    .map(({ title, chosenBy, entries }) => {
      const lines = Object.entries(entries).map(
        ([id, { label, help, settings: own }]) => `- \`${id}\` · _${label}._ ${help}${ownSettings(own)}\n`,
      );
      return `### ${title}\n\n\`${chosenBy}\`\n\n${lines.join('')}`;
    })
    .join('\n');
}

function toFigures(): string {
  const figures: readonly (readonly [string, FigureSpec])[] = Object.entries(deviceFigures);
  return figures
    .map(
      ([id, { label, unit, min, max, help }]) =>
        `- \`${id}\` · ${formatNumber(min)} to ${formatNumber(max)} ${unit}\n  _${label}._ ${help}\n`,
    )
    .join('');
}

function sourceText(source: Source | undefined): string | null {
  if (source === undefined) return null;
  if (typeof source === 'string') return source;
  return source.url ? `[${source.text}](${source.url})` : source.text;
}

function toAlgorithms(): string {
  return registries
    .flatMap(({ title, entries }) => {
      const lines = Object.entries(entries).flatMap(([id, { label, source }]) => {
        const text = sourceText(source);
        return text === null ? [] : [`- \`${id}\` · _${label}:_ ${text}\n`];
      });
      return lines.length === 0 ? [] : [`### ${title}\n\n${lines.join('')}`];
    })
    .join('\n');
}

function profileText({ id, label, about, figures }: Profile): string {
  const lines = Object.entries(figures).map(([name, { value, provenance, source }]) => {
    const { unit } = deviceFigures[name as keyof typeof deviceFigures];
    return `- ${name}: ${formatNumber(value)} ${unit} · **${provenance}** · ${source}\n`;
  });
  return `<details>\n<summary><b>${label}</b> (<code>${id}</code>): ${about}</summary>\n\n${lines.join('')}\n</details>\n`;
}

function toDevices(): string {
  const marks = Object.entries(provenanceLabel).map(([mark, meaning]) => `**${mark}** ${meaning}`);
  const sets = Object.values(profileSets).map(
    ({ label, profiles }) => `### ${label} set\n\n${profiles.map(profileText).join('\n')}`,
  );
  return `Marks: ${marks.join(', ')}.\n\n${sets.join('\n')}`;
}

const toStatuses = (): string =>
  statusTable
    .map(
      ({ id, help, contributed, inVain }) =>
        `- \`${id}\` · ${help}${inVain ? ' The joules are spent.' : ''}${contributed ? ' No absence.' : ''}\n`,
    )
    .join('');

const parts: Readonly<Record<string, () => string>> = {
  statuses: toStatuses,
  settings: toSettings,
  choices: toChoices,
  figures: toFigures,
  algorithms: toAlgorithms,
  devices: toDevices,
};

/** The files that hold generated parts, and which. */
export const generatedDocs: Readonly<Record<string, readonly string[]>> = {
  'docs/experiments.md': ['statuses', 'settings', 'choices', 'figures'],
  'docs/sources.md': ['algorithms', 'devices'],
};

/**
 * A document with its generated parts as the code has them now.
 * @throws {Error} if it lacks a part's markers
 */
export function withGenerated(text: string, names: readonly string[]): string {
  let result = text;
  for (const name of names) {
    const start = `<!-- ${name}: written by \`npm run docs\`, from here -->`;
    const end = '<!-- to here -->';
    const from = result.indexOf(start);
    const to = result.indexOf(end, from);
    if (from < 0 || to < 0) throw new Error(`The document lacks ${start} … ${end}.`);
    result = `${result.slice(0, from)}${start}\n\n${parts[name]()}\n${result.slice(to)}`;
  }
  return result;
}

/** The keys of the papers and standards that docs/sources.md lists, such as 'McMahan 2017'. */
export const papersIn = (sources: string): readonly string[] =>
  [...sources.slice(sources.indexOf('## Papers and standards')).matchAll(/^- ([^:]+):/gm)].map(([, key]) => key);
