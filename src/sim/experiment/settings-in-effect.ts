// Which settings have no effect as an experiment stands, and because of which others. The page hides them, the command line names
// them, and a property test sees that none of them changes a record. Under-claiming is safe: a setting that is not listed may
// still do nothing in a special case.

import { sendsPositions } from '../compression/codec-spec.ts';
import { quantisers } from '../compression/quantisers/index.ts';
import { sparsifiers } from '../compression/sparsifiers/index.ts';
import { partitions } from '../data/partition/index.ts';
import { partitionInEffect } from '../data/partition-in-effect.ts';
import { hasRounds, isAsynchronous, type Synchrony, tierPolicy } from '../engine/synchrony.ts';
import { modelKindsOf, modelSpecOf } from '../model/model-specs.ts';
import { selections } from '../selection/index.ts';
import type { Selection } from '../selection/selection.ts';
import { changesBetween } from './edits.ts';
import { defaultExperiment, type Experiment, settings } from './experiment.ts';
import { valueAt } from './parse-experiment.ts';
import type { ChoiceSetting, Setting } from './settings.ts';
import { type OwnSettings, settingsOfAll } from './variants.ts';

interface Rule {
  /** Names within the section. */
  readonly names: readonly string[];
  readonly isIdle: (experiment: Experiment) => boolean;
  /** Paths of the settings whose values are the reason. */
  readonly because: readonly string[];
}

const rule = (names: string, isIdle: Rule['isIdle'], ...because: string[]): Rule => ({
  names: names.split(' '),
  isIdle,
  because,
});

const MODE = 'aggregation.mode';
/** A rule that a tier's synchrony decides: of the mode, or of the tier's own setting where each tier has one. */
const tierRules = (names: string, isIdle: Rule['isIdle'], own: string): readonly Rule[] => [
  rule(names, (e) => e.aggregation.mode !== 'by-tier' && isIdle(e), MODE),
  rule(names, isIdle, `aggregation.${own}`),
];
const isNot = (tier: 'gateway' | 'fog', synchrony: Synchrony) => (experiment: Experiment) =>
  tierPolicy(experiment, tier).synchrony !== synchrony;
const isRelay = (tier: 'gateway' | 'fog') => (experiment: Experiment) => !isNot(tier, 'relay')(experiment);
const isFedAsync = ({ aggregation }: Experiment): boolean => aggregation.mode === 'fed-async';

const policyOf = ({ selection }: Experiment): Selection<OwnSettings> => selections[selection.policy];
const takesShare = (e: Experiment): boolean => 'fraction' in policyOf(e).settings;
const hasFamilies = ({ families }: Experiment): boolean => families.assignment === 'by-rule';

/** Without hidden units federated dropout has nothing to leave out. */
const hasHiddenUnits = (e: Experiment): boolean =>
  modelKindsOf(e).some((kind) => modelSpecOf(kind, e).units.length > 0);

export type Tier = keyof Pick<Experiment['compression'], 'device' | 'gateway' | 'fog' | 'down'>;

/** Rules for a codec. Devices that adapt take its other stages from it, with the sparsifiers and quantisers of the ladder. */
function codecRules(tier: Tier): readonly Rule[] {
  const at = (name: string): string => `compression.${tier}.${name}`;
  const codec = ({ compression }: Experiment) => compression[tier];
  const adapts = ({ compression }: Experiment): boolean => tier === 'device' && compression.adapt !== 'fixed';
  return [
    rule('indices', (e) => !adapts(e) && !sendsPositions(codec(e).sparsify), at('sparsify')),
    rule('rounding', (e) => !adapts(e) && !quantisers[codec(e).quantise].canBeStochastic, at('quantise')),
    rule(
      'scales',
      // Rows are rotated by themselves too.
      (e) => !adapts(e) && quantisers[codec(e).quantise].scaleCount === 0 && !codec(e).rotate,
      at('quantise'),
    ),
  ].map((each) => ({ ...each, names: each.names.map((name) => `${tier}.${name}`) }));
}

const CODEC = 'factor sparsify indices rotate quantise rounding scales pack feedback';
const codecOfTier = (tier: 'gateway' | 'fog'): readonly Rule[] =>
  tierRules(
    CODEC.replaceAll(/\w+/g, (name) => `${tier}.${name}`),
    isRelay(tier),
    `${tier}Waits`,
  );

/** What is not a matter of one variant, by section. */
const rules: Readonly<Partial<Record<keyof Experiment, readonly Rule[]>>> = {
  data: [
    rule(
      Object.keys(settingsOfAll(partitions)).join(' '),
      ({ data }) => partitionInEffect(data) !== data.partition,
      'data.dataset',
    ),
    rule('syntheticAlpha', ({ data }) => data.syntheticModels !== 'around-one', 'data.syntheticModels'),
    rule('syntheticBeta', ({ data }) => data.syntheticModels === 'iid', 'data.syntheticModels'),
  ],
  model: [rule('kind', hasFamilies, 'families.assignment')],
  families: [
    rule(
      'large small cpuFloor batteryFloor distil temperature weight epochs publicSamples',
      (e) => !hasFamilies(e),
      'families.assignment',
    ),
    rule('temperature weight epochs', ({ families }) => !families.distil, 'families.distil'),
  ],
  training: [rule('localEpochs', ({ training }) => training.localSteps > 0, 'training.localSteps')],
  aggregation: [
    rule('gatewayWaits fogWaits cloudWaits', ({ aggregation }) => aggregation.mode !== 'by-tier', MODE),
    rule('bufferAggregator', isFedAsync, MODE),
    ...tierRules('buffer stalenessExponent maxStaleness bufferAggregator', (e) => !isAsynchronous(e), 'cloudWaits'),
    rule('mixing', (e) => !isFedAsync(e), MODE),
    ...tierRules('gatewayBuffer', isNot('gateway', 'buffer'), 'gatewayWaits'),
    ...tierRules('fogBuffer', isNot('fog', 'buffer'), 'fogWaits'),
    ...tierRules('gatewayRounds', isNot('gateway', 'barrier'), 'gatewayWaits'),
    ...tierRules('fogRounds', isNot('fog', 'barrier'), 'fogWaits'),
    ...tierRules('gatewayAggregator', isRelay('gateway'), 'gatewayWaits'),
    ...tierRules('upperAggregator', (e) => isRelay('fog')(e) && isAsynchronous(e), 'fogWaits'),
    rule('strategy', isFedAsync, MODE),
  ],
  selection: [
    rule('overSelect', (e) => !takesShare(e), 'selection.policy'),
    ...tierRules('overSelect', (e) => !hasRounds(e), 'gatewayWaits'),
    rule('fraction', ({ selection }) => selection.count > 0, 'selection.count'),
    // Asynchronous rounds do not close; there a deadline is only what FedCS and Oort select by.
    ...tierRules('closes deadline', (e) => !hasRounds(e) && policyOf(e).usesDeadline !== true, 'gatewayWaits'),
    rule('deadline', ({ selection }) => !selection.closes, 'selection.closes'),
  ],
  compression: [
    rule(
      'device.factor device.sparsify device.quantise warmUp',
      // Where a size is estimated before it is known, it is that of the codec as set.
      (e) => e.compression.adapt !== 'fixed' && policyOf(e).usesDeadline !== true && e.power.schedule !== 'stretch',
      'compression.adapt',
    ),
    rule('momentum', ({ compression }) => !compression.device.feedback, 'compression.device.feedback'),
    rule(
      'warmUp',
      ({ compression }) => !('keep' in sparsifiers[compression.device.sparsify].settings),
      'compression.device.sparsify',
    ),
    ...codecOfTier('gateway'),
    ...codecOfTier('fog'),
    ...(['device', 'gateway', 'fog', 'down'] as const).flatMap(codecRules),
  ],
  pruning: [rule('begin ramp', ({ pruning }) => pruning.sparsity === 0, 'pruning.sparsity')],
  subModels: [
    rule('keep scale', (e) => !hasFamilies(e) && !hasHiddenUnits(e), 'model.kind'),
    rule('keep scale', (e) => hasFamilies(e) && !hasHiddenUnits(e), 'families.large', 'families.small'),
    rule('scale', ({ subModels }) => subModels.keep === 1, 'subModels.keep'),
  ],
  power: [
    ...tierRules('interval', isAsynchronous, 'cloudWaits'),
    rule('chargePower', ({ power }) => power.charging === 'none', 'power.charging'),
  ],
  fleet: [rule('models', (e) => !hasFamilies(e), 'families.assignment')],
};

/** A key beside a setting, or a path of its own. */
const siblingOf = (path: string, key: string): string =>
  key.includes('.') ? key : `${path.slice(0, path.lastIndexOf('.') + 1)}${key}`;
const isChoice = (entry: [string, Setting]): entry is [string, ChoiceSetting] => entry[1].kind === 'choice';

/** The settings that belong to the entries of a registry, each with the paths of the settings that choose between these. */
const choicesFor: ReadonlyMap<string, readonly string[]> = (() => {
  const found = new Map<string, string[]>();
  for (const [path, { choices }] of [...settings].filter(isChoice)) {
    const keys = new Set(choices.flatMap(({ owns = [] }) => owns));
    for (const key of keys) {
      const own = siblingOf(path, key);
      found.set(own, [...(found.get(own) ?? []), path]);
    }
  }
  return found;
})();

/** The settings of the entry that is chosen: their paths, in the entry's order. None, if it is no choice between variants. */
export function settingsOfChosen(experiment: Experiment, path: string): readonly string[] {
  const setting = settings.get(path);
  if (setting?.kind !== 'choice') return [];
  const chosen = setting.choices.find(({ id }) => id === valueAt(experiment, path));
  return (chosen?.owns ?? []).map((key) => siblingOf(path, key));
}

/** The paths of all settings that have no effect as the experiment is, each with the paths of those that make it so. */
export function settingsWithoutEffect(experiment: Experiment): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, (readonly string[])[]>();
  const note = (path: string, because: readonly string[]) => found.set(path, [...(found.get(path) ?? []), because]);
  for (const [section, own] of Object.entries(rules)) {
    for (const { names, isIdle, because } of own) {
      if (isIdle(experiment)) for (const name of names) note(`${section}.${name}`, because);
    }
  }
  // Of several reasons the first that is not itself without effect.
  const isGround = (because: readonly string[]): boolean => because.every((each) => !found.has(each));
  const reasonOf = (reasons: readonly (readonly string[])[]) => reasons.find(isGround) ?? reasons[0];

  // A variant's setting counts while one of the choices that may be this variant is, and counts itself.
  for (const [path, choices] of choicesFor) {
    const live = choices.filter((choice) => !found.has(choice));
    if (live.some((choice) => settingsOfChosen(experiment, choice).includes(path))) continue;
    note(path, live.length > 0 ? live : reasonOf(found.get(choices[0]) ?? []));
  }
  for (const [path, { onlyIf }] of settings) {
    const other = onlyIf && siblingOf(path, onlyIf.key);
    if (other && Number(valueAt(experiment, other)) < onlyIf.least) note(path, [other]);
  }
  return new Map([...found].map(([path, reasons]) => [path, reasonOf(reasons)]));
}

/**
 * One sentence that names every setting that was changed from its default and has no effect, with the reason; null if there is none.
 */
export function sentenceOnSettingsWithoutEffect(experiment: Experiment): string | null {
  const idle = settingsWithoutEffect(experiment);
  const named = new Map<string, string[]>();
  for (const { path } of changesBetween(defaultExperiment, experiment)) {
    const because = idle.get(path);
    if (!because) continue;
    const reason = because.map((each) => `${each} is ${String(valueAt(experiment, each))}`).join(' and ');
    named.set(reason, [...(named.get(reason) ?? []), path]);
  }
  if (named.size === 0) return null;
  const parts = [...named].map(([reason, paths]) => `${paths.join(', ')} (${reason})`);
  return `Without effect in this experiment: ${parts.join('; ')}.`;
}
