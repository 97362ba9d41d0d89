// Which settings have no effect as an experiment stands, and because of which others. The page hides them, the command line names
// them, and a property test sees that none of them changes a record. Under-claiming is safe: a setting that is not listed may
// still do nothing in a special case.

import { hasPositions } from '../compression/codec-spec.ts';
import { quantisers } from '../compression/quantisers/index.ts';
import { sparsifiers } from '../compression/sparsifiers/index.ts';
import { partitions } from '../data/partition/index.ts';
import { availabilities } from '../network/availability/index.ts';
import { optimisers } from '../optimisers/index.ts';
import { schedules } from '../schedules/index.ts';
import { selections } from '../selection/index.ts';
import { changesBetween } from './edits.ts';
import { defaultExperiment, type Experiment } from './experiment.ts';
import { valueAt } from './parse-experiment.ts';

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
const isAsync = ({ aggregation }: Experiment): boolean => aggregation.mode !== 'sync';
const isFedAsync = ({ aggregation }: Experiment): boolean => aggregation.mode === 'fed-async';

type Entry = { readonly uses: readonly string[] };

/**
 * Settings that the chosen entry of a registry reads if, and only if, it says so.
 * @param path of the setting that chooses
 */
function usedBy(registry: Readonly<Record<string, Entry>>, path: string): readonly Rule[] {
  const names = new Set(Object.values(registry).flatMap(({ uses }) => uses));
  const usesOf = (experiment: Experiment): readonly string[] => registry[String(valueAt(experiment, path))].uses;
  return [...names].map((name) => rule(name, (experiment) => !usesOf(experiment).includes(name), path));
}

const policyOf = ({ selection }: Experiment): readonly string[] => selections[selection.policy].uses;
const hasFamilies = ({ families }: Experiment): boolean => families.assignment === 'by-rule';
const hasMlp = (experiment: Experiment): boolean => experiment.model.kind === 'tiny-mlp' || hasFamilies(experiment);

export type Tier = keyof Pick<Experiment['compression'], 'device' | 'gateway' | 'fog' | 'down'>;

/** Rules for a codec. Devices that adapt take its other stages from it, with the sparsifiers and quantisers of the ladder. */
function codecRules(tier: Tier): readonly Rule[] {
  const at = (name: string): string => `compression.${tier}.${name}`;
  const codec = ({ compression }: Experiment) => compression[tier];
  const adapts = ({ compression }: Experiment): boolean => tier === 'device' && compression.adapt !== 'fixed';
  return [
    rule('rank', (e) => codec(e).factor === 'none', at('factor')),
    rule('keep', (e) => sparsifiers[codec(e).sparsify].amount !== 'keep', at('sparsify')),
    rule('threshold', (e) => sparsifiers[codec(e).sparsify].amount !== 'threshold', at('sparsify')),
    rule('indices', (e) => !adapts(e) && !hasPositions(codec(e).sparsify), at('sparsify')),
    rule('rounding', (e) => !adapts(e) && !quantisers[codec(e).quantise].canBeStochastic, at('quantise')),
    rule(
      'scales',
      // Rows are rotated by themselves too.
      (e) => !adapts(e) && quantisers[codec(e).quantise].scaleCount === 0 && !codec(e).rotate,
      at('quantise'),
    ),
  ].map((each) => ({ ...each, names: each.names.map((name) => `${tier}.${name}`) }));
}

const CODEC = 'factor rank sparsify keep threshold indices rotate quantise rounding scales pack feedback';
const tierRule = (tier: 'gateway' | 'fog'): Rule =>
  rule(
    CODEC.replaceAll(/\w+/g, (name) => `${tier}.${name}`),
    isAsync,
    MODE,
  );

/** By section; of two rules for a setting the first that holds gives the reason. */
const rules: Readonly<Partial<Record<keyof Experiment, readonly Rule[]>>> = {
  data: usedBy(partitions, 'data.partition'),
  model: [rule('kind', hasFamilies, 'families.assignment'), rule('hidden dropout', (e) => !hasMlp(e), 'model.kind')],
  families: [
    rule(
      'cpuFloor batteryFloor distil temperature weight epochs samples',
      (e) => !hasFamilies(e),
      'families.assignment',
    ),
    rule('temperature weight epochs', ({ families }) => !families.distil, 'families.distil'),
  ],
  training: [
    rule('localEpochs', ({ training }) => training.localSteps > 0, 'training.localSteps'),
    ...usedBy(optimisers, 'training.optimiser'),
  ],
  aggregation: [
    rule('buffer stalenessExponent maxStaleness', (e) => !isAsync(e), MODE),
    rule('bufferWeights', ({ aggregation }) => aggregation.mode !== 'fed-buff', MODE),
    rule('mixing', (e) => !isFedAsync(e), MODE),
    rule('gatewayRounds fogRounds gateway upper', isAsync, MODE),
    rule('strategy serverLearningRate', isFedAsync, MODE),
  ],
  selection: [
    ...usedBy(selections, 'selection.policy').filter(({ names: [name] }) => name !== 'deadline'),
    rule('count overSelect', (e) => !policyOf(e).includes('fraction'), 'selection.policy'),
    rule('overSelect', isAsync, MODE),
    rule('fraction', ({ selection }) => selection.count > 0, 'selection.count'),
    // Asynchronous rounds do not close; there a deadline is only what FedCS and Oort select by.
    rule('closes deadline', (e) => isAsync(e) && !policyOf(e).includes('deadline'), MODE),
    rule('deadline', ({ selection }) => !selection.closes, 'selection.closes'),
  ],
  compression: [
    rule(
      'device.factor device.rank device.sparsify device.keep device.threshold device.quantise warmUp',
      // Where a size is estimated before it is known, it is that of the codec as set.
      (e) => e.compression.adapt !== 'fixed' && !policyOf(e).includes('deadline') && e.power.schedule !== 'stretch',
      'compression.adapt',
    ),
    rule('budget', ({ compression }) => compression.adapt !== 'by-link', 'compression.adapt'),
    rule('errorBound', ({ compression }) => compression.adapt !== 'by-error', 'compression.adapt'),
    rule('momentum', ({ compression }) => !compression.device.feedback, 'compression.device.feedback'),
    rule(
      'warmUp',
      ({ compression }) => sparsifiers[compression.device.sparsify].amount !== 'keep',
      'compression.device.sparsify',
    ),
    tierRule('gateway'),
    tierRule('fog'),
    ...(['device', 'gateway', 'fog', 'down'] as const).flatMap(codecRules),
  ],
  pruning: [rule('begin ramp', ({ pruning }) => pruning.sparsity === 0, 'pruning.sparsity')],
  subModels: [rule('scale', ({ subModels }) => subModels.keep === 1, 'subModels.keep')],
  network: usedBy(availabilities, 'network.availability'),
  power: [
    rule('interval', isAsync, MODE),
    rule('chargePower', ({ power }) => power.charging === 'none', 'power.charging'),
    ...usedBy(schedules, 'power.schedule'),
  ],
  fleet: [rule('models', (e) => !hasFamilies(e), 'families.assignment')],
};

/** The paths of all settings that have no effect as the experiment is, each with the paths of those that make it so. */
export function settingsWithoutEffect(experiment: Experiment): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const [section, own] of Object.entries(rules)) {
    for (const { names, isIdle, because } of own) {
      if (!isIdle(experiment)) continue;
      for (const name of names) {
        const path = `${section}.${name}`;
        if (!found.has(path)) found.set(path, because);
      }
    }
  }
  return found;
}

/**
 * One sentence that names every setting that was changed from its default and has no effect, with the reason; null if there is none.
 */
export function wordsOnSettingsWithoutEffect(experiment: Experiment): string | null {
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
