// Which settings each section shows, in order: those that matter as the experiment is now. A slider that would change nothing
// is not shown. A test sees that every setting of the schema is shown somewhere, or has a reason not to be.

import { hasPositions } from '../../sim/compression/codec-spec.ts';
import { quantisers } from '../../sim/compression/quantisers/index.ts';
import { sparsifiers } from '../../sim/compression/sparsifiers/index.ts';
import { partitions } from '../../sim/data/partition/index.ts';
import type { Experiment } from '../../sim/experiment.ts';
import { availabilities } from '../../sim/network/availability/index.ts';
import { schedules } from '../../sim/schedules/index.ts';
import { selections } from '../../sim/selection/index.ts';
import type { Selection } from '../../sim/selection/selection.ts';

type Shown = readonly string[];

/** The paths of those names that hold. */
const pathsOf = (section: string, names: Readonly<Record<string, boolean>>): Shown =>
  Object.entries(names).flatMap(([name, isShown]) => (isShown ? [`${section}.${name}`] : []));

const under = (section: string, names: readonly string[]): Shown => names.map((name) => `${section}.${name}`);

export function dataSettings({ data }: Experiment): Shown {
  const { uses } = partitions[data.partition];
  return under('data', ['dataset', 'partition', ...uses.filter((each) => each !== 'ownGroup')]);
}

/** The lesser ones, folded away. */
export const moreDataSettings = ({ data }: Experiment): Shown =>
  pathsOf('data', { samplesPerDevice: true, ownGroup: partitions[data.partition].uses.includes('ownGroup') });

export function modelSettings({ model, families }: Experiment): Shown {
  const hasMlp = model.kind === 'tiny-mlp' || families.assignment === 'by-rule';
  return pathsOf('model', { kind: families.assignment === 'one', hidden: hasMlp });
}

export function moreModelSettings({ model, families }: Experiment): Shown {
  const hasFamilies = families.assignment === 'by-rule';
  return [
    ...pathsOf('model', { dropout: model.kind === 'tiny-mlp' || hasFamilies, rank: true }),
    ...pathsOf('families', {
      assignment: true,
      cpuFloor: hasFamilies,
      batteryFloor: hasFamilies,
      distil: hasFamilies,
      temperature: hasFamilies && families.distil,
      weight: hasFamilies && families.distil,
      epochs: hasFamilies && families.distil,
      samples: hasFamilies && families.distil,
    }),
  ];
}

export type Tier = keyof Pick<Experiment['compression'], 'device' | 'gateway' | 'fog' | 'down'>;

/** The stages of a tier's codec. */
export function pipelineSettings({ compression }: Experiment, tier: Tier): Shown {
  const { factor, sparsify, indices, rotate, quantise, rounding, scales } = compression[tier];
  const { amount } = sparsifiers[sparsify];
  const { canBeStochastic, scaleCount } = quantisers[quantise];
  return pathsOf(`compression.${tier}`, {
    factor: true,
    rank: factor !== 'none',
    sparsify: true,
    keep: amount === 'keep',
    threshold: amount === 'threshold',
    // What was set once stays in sight, though the stage before no longer asks for it.
    indices: hasPositions(sparsify) || indices !== 'smallest',
    rotate: scaleCount > 0 || rotate,
    quantise: true,
    rounding: canBeStochastic || rounding !== 'nearest',
    scales: scaleCount > 0 || scales !== 'tensor',
    pack: true,
    feedback: tier !== 'down',
    difference: tier === 'down',
  });
}

/** What makes the model itself smaller. */
export const modelSideSettings = ({ pruning: { sparsity }, subModels: { keep, scale } }: Experiment): Shown => [
  ...pathsOf('pruning', { sparsity: true, begin: sparsity > 0, ramp: sparsity > 0 }),
  ...pathsOf('subModels', { keep: true, scale: keep < 1 || !scale }),
];

/** What goes for all devices beside the codec of their tier. */
export const compressionSettings = ({ compression: { adapt, device } }: Experiment): Shown =>
  pathsOf('compression', {
    payload: true,
    adapt: true,
    budget: adapt === 'by-link',
    errorBound: adapt === 'by-error',
    warmUp: sparsifiers[device.sparsify].amount === 'keep' && adapt === 'fixed',
    momentum: device.feedback,
  });

export const trainingSettings = (): Shown =>
  under('training', ['learningRate', 'localEpochs', 'batchSize', 'checkpointing']);

export function selectionSettings({ selection, aggregation }: Experiment): Shown {
  const { uses }: Selection = selections[selection.policy];
  const isSync = aggregation.mode === 'sync';
  const asksSome = uses.includes('fraction');
  // Asynchronous rounds do not close; there a deadline is only what FedCS and Oort select by.
  const hasDeadline = isSync || uses.includes('deadline');
  return [
    ...under('selection', ['policy', ...uses.filter((each) => each === 'fraction')]),
    ...under(
      'selection',
      uses.filter((each) => each !== 'fraction' && each !== 'deadline'),
    ),
    ...pathsOf('selection', {
      overSelect: asksSome && isSync,
      closes: hasDeadline,
      deadline: hasDeadline && selection.closes,
    }),
  ];
}

export function aggregationSettings({ aggregation: { mode } }: Experiment, hasStrategies: boolean): Shown {
  const isSync = mode === 'sync';
  const isFedBuff = mode === 'fed-buff';
  return pathsOf('aggregation', {
    mode: true,
    buffer: !isSync,
    mixing: mode === 'fed-async',
    stalenessExponent: !isSync,
    gatewayRounds: isSync,
    fogRounds: isSync,
    strategy: hasStrategies && mode !== 'fed-async',
    gateway: isSync,
    upper: isSync || isFedBuff,
    serverLearningRate: isSync || isFedBuff,
  });
}

export const linksSettings = ({ network }: Experiment): Shown =>
  under('network', ['trace', 'availability', ...availabilities[network.availability].uses, 'cache']);

export function powerSettings({ power, aggregation }: Experiment): Shown {
  return [
    ...pathsOf('power', {
      batteryStart: true,
      interval: aggregation.mode === 'sync',
      startHour: true,
      charging: true,
      chargePower: power.charging !== 'none',
      schedule: true,
    }),
    ...under('power', schedules[power.schedule].uses),
  ];
}

export const fleetSettings = (): Shown => under('fleet', ['fogs', 'gatewaysPerFog', 'devicesPerGateway', 'mix']);

export const runSettings = (): Shown => ['rounds', 'seed'];
