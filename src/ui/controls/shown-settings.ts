// Which settings each section shows, in order: those that matter as the experiment is now. A slider that would change nothing
// is not shown. A test sees that every setting of the schema is shown somewhere, or has a reason not to be.

import { quantisers } from '../../sim/compression/quantisers/index.ts';
import { type Experiment, settings } from '../../sim/experiment/experiment.ts';
import { valueAt } from '../../sim/experiment/parse-experiment.ts';
import { settingsOfChosen, settingsWithoutEffect, type Tier } from '../../sim/experiment/settings-in-effect.ts';
import { settingsOfAll } from '../../sim/experiment/variants.ts';
import { models } from '../../sim/model/models.ts';

type Shown = readonly string[];

const under = (section: string, names: string): Shown => names.split(' ').map((name) => `${section}.${name}`);

/**
 * The settings of a section by their names. A choice between variants is followed by the settings of the one that is chosen, but for
 * those that a section puts in a place of their own by naming them, and for the lesser ones.
 */
function withVariants(experiment: Experiment, section: string, names: string): Shown {
  const named = under(section, names);
  const isOwn = (path: string): boolean => path.startsWith(`${section}.`) && !named.includes(path) && !isFolded(path);
  const paths = named.flatMap((path) => [path, ...settingsOfChosen(experiment, path).filter(isOwn)]);
  return [...new Set(paths)];
}

/** Those that have an effect as the experiment is. */
function inEffect(experiment: Experiment, section: string, names: string): Shown {
  const idle = settingsWithoutEffect(experiment);
  return withVariants(experiment, section, names).filter((path) => !idle.has(path));
}

const isFolded = (path: string): boolean => settings.get(path)?.folded === true;

/** The lesser settings of a section, which are folded away. */
function foldedInEffect(experiment: Experiment, section: string): Shown {
  const idle = settingsWithoutEffect(experiment);
  return [...settings.keys()].filter((path) => path.startsWith(`${section}.`) && isFolded(path) && !idle.has(path));
}

/** Those that have an effect, or were set once: they stay in sight, though what they depend on no longer asks for them. */
function inEffectOrSet(experiment: Experiment, section: string, names: string): Shown {
  const idle = settingsWithoutEffect(experiment);
  const isSet = (path: string): boolean => {
    const setting = settings.get(path);
    return setting !== undefined && 'default' in setting && valueAt(experiment, path) !== setting.default;
  };
  return withVariants(experiment, section, names).filter((path) => !idle.has(path) || isSet(path));
}

export const dataSettings = (experiment: Experiment): Shown => inEffect(experiment, 'data', 'dataset partition');

export const moreDataSettings = (experiment: Experiment): Shown => foldedInEffect(experiment, 'data');

/** Of all models: with families more than one of them counts. */
const ownOfModels = Object.keys(settingsOfAll(models)).filter((key) => !isFolded(`model.${key}`));

export const modelSettings = (experiment: Experiment): Shown =>
  inEffect(experiment, 'model', ['kind', ...ownOfModels].join(' '));

export const moreModelSettings = (experiment: Experiment): Shown => [
  ...foldedInEffect(experiment, 'model'),
  ...inEffect(
    experiment,
    'families',
    'assignment large small cpuFloor batteryFloor distil temperature weight epochs publicSamples',
  ),
];

/** The stages of a tier's codec. */
export function pipelineSettings(experiment: Experiment, tier: Tier): Shown {
  const section = `compression.${tier}`;
  const { rotate, quantise } = experiment.compression[tier];
  const last = tier === 'down' ? 'difference' : 'feedback';
  return [
    ...inEffect(experiment, section, 'factor sparsify'),
    ...inEffectOrSet(experiment, section, 'indices'),
    // Rotating changes what is sent, but helps a quantiser only that has a scale.
    ...(quantisers[quantise].scaleCount > 0 || rotate ? inEffect(experiment, section, 'rotate') : []),
    ...inEffectOrSet(experiment, section, 'quantise rounding scales'),
    ...inEffect(experiment, section, `pack ${last}`),
  ];
}

/** What makes the model itself smaller. */
export const modelSideSettings = (experiment: Experiment): Shown => [
  ...inEffect(experiment, 'pruning', 'sparsity begin ramp'),
  ...inEffectOrSet(experiment, 'subModels', 'keep scale'),
];

/** What goes for all devices beside the codec of their tier. */
export const compressionSettings = (experiment: Experiment): Shown =>
  inEffect(experiment, 'compression', 'payload adapt warmUp momentum');

export const trainingSettings = (experiment: Experiment): Shown =>
  inEffect(experiment, 'training', 'learningRate localEpochs batchSize checkpointing');

/** The lesser ones, folded away. */
export const moreTrainingSettings = (experiment: Experiment): Shown =>
  inEffect(experiment, 'training', 'localSteps optimiser weightDecay learningRateDecay');

export const selectionSettings = (experiment: Experiment): Shown =>
  inEffect(experiment, 'selection', 'policy overSelect closes deadline');

export const aggregationSettings = (experiment: Experiment): Shown =>
  inEffect(
    experiment,
    'aggregation',
    'mode gatewayWaits gatewayBuffer fogWaits fogBuffer cloudWaits buffer bufferAggregator mixing stalenessExponent maxStaleness gatewayRounds fogRounds strategy gatewayAggregator upperAggregator',
  );

export const linksSettings = (experiment: Experiment): Shown =>
  inEffect(experiment, 'network', 'trace availability cache');

export const powerSettings = (experiment: Experiment): Shown =>
  inEffect(experiment, 'power', 'batteryStart interval startHour charging chargePower schedule');

export const fleetSettings = (): Shown => under('fleet', 'fogs gatewaysPerFog devicesPerGateway mix');

export const runSettings = (): Shown => ['rounds', 'targetAccuracy', 'seed'];
