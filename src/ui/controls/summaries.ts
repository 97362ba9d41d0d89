// The folded sections in a few words: only what differs from a plain run is said.

import type { Experiment } from '../../sim/experiment/experiment.ts';
import { chargings } from '../../sim/fleet/charging/index.ts';
import { models } from '../../sim/model/models.ts';
import { availabilities } from '../../sim/network/availability/index.ts';
import { traces } from '../../sim/network/traces/index.ts';
import { optimisers } from '../../sim/optimisers/index.ts';
import { schedules } from '../../sim/schedules/index.ts';
import { strategies } from '../../sim/strategies/index.ts';
import { formatCounted } from '../format.ts';
import { formatQuantity } from '../quantity.ts';
import type { Option } from '../shared/choice-row.tsx';
import { policiesSummary } from './tier-policies.ts';

const intervals: readonly Option[] = [
  { value: '0', label: 'As the last ends' },
  { value: '60', label: 'Minute' },
  { value: '600', label: '10 minutes' },
  { value: '3600', label: 'Hour' },
  { value: '21600', label: '6 hours' },
  { value: '43200', label: 'Half day' },
  { value: '86400', label: 'Day' },
];

const formatInterval = (seconds: number): string => formatQuantity(seconds, 's');

/** The intervals to choose from, with the present one if it is none of them. */
export function intervalOptions(seconds: number): readonly Option[] {
  const own = { value: String(seconds), label: formatInterval(seconds) };
  return intervals.some(({ value }) => value === own.value) ? intervals : [...intervals, own];
}

/** '8:00' */
export const formatHour = (hour: number): string => `${hour}:00`;

/** '100 samples, own machine or city' */
export const samplesWords = (samples: number, ownGroup: boolean): string =>
  `${formatCounted(samples, 'sample')}${ownGroup ? ', own machine or city' : ' a device'}`;

/** 'whole model, nothing pruned' */
export function modelSideWords({ pruning, subModels }: Experiment): string {
  const own = subModels.keep < 1 ? `sub-models of ${Math.round(100 * subModels.keep)} %` : 'whole model';
  return `${own}, ${pruning.sparsity > 0 ? `${Math.round(100 * pruning.sparsity)} % pruned` : 'nothing pruned'}`;
}

/** 'dropout 10 %, one model for all' */
export function modelWords({ model, families }: Experiment): string {
  const isOne = families.assignment === 'one';
  const dropout =
    isOne && !('dropout' in models[model.kind].settings) ? '' : `dropout ${Math.round(100 * model.dropout)} %, `;
  const rank = model.rank > 0 ? `rank ${model.rank}, ` : '';
  return `${rank}${dropout}${isOne ? 'one model for all' : families.distil ? 'distilled at the cloud' : 'not distilled'}`;
}

/** 'plain SGD', '20 local steps · momentum 0.9 · rate × 0.99 a round' */
export function trainingWords({ training }: Experiment): string {
  const { localSteps, optimiser, momentum, weightDecay, learningRateDecay } = training;
  const words = [
    ...(localSteps > 0 ? [formatCounted(localSteps, 'local step')] : []),
    ...(optimiser === 'sgd' ? [] : [optimisers[optimiser].label]),
    ...(optimiser === 'sgd' && momentum > 0 ? [`momentum ${momentum}`] : []),
    ...(weightDecay > 0 ? [`weight decay ${weightDecay}`] : []),
    ...(learningRateDecay < 1 ? [`rate × ${learningRateDecay} a round`] : []),
  ];
  return words.join(', ') || 'plain SGD';
}

export function aggregationSummary(experiment: Experiment): string {
  const { aggregation, selection } = experiment;
  const { mode, buffer, gatewayRounds, fogRounds } = aggregation;
  if (mode === 'fed-async') return 'FedAsync';
  const { label } = strategies[aggregation.strategy];
  const isOwn = aggregation.strategy !== 'fed-avg';
  if (mode === 'by-tier') return `${isOwn ? `${label} · ` : ''}${policiesSummary(experiment)}`;
  if (mode === 'fed-buff') return `FedBuff, ${formatCounted(buffer, 'update')}${isOwn ? ` · ${label}` : ''}`;
  const words = [
    label,
    ...(selection.closes ? ['deadline'] : []),
    ...(gatewayRounds > 1 ? [`${gatewayRounds} gateway rounds`] : []),
    ...(fogRounds > 1 ? [`${fogRounds} fog rounds`] : []),
  ];
  return words.join(' · ');
}

export function linksSummary({ trace, availability, cache }: Experiment['network']): string {
  const words = [
    ...(availability === 'always' ? [] : [availabilities[availability].label]),
    ...(trace === 'steady' ? [] : [traces[trace].label]),
    ...(cache ? [] : ['no cache']),
  ];
  return words.join(' · ') || 'steady';
}

export function powerSummary({ batteryStart, interval, charging, schedule }: Experiment['power']): string {
  const every = intervals.find(({ value }) => value === String(interval))?.label ?? formatInterval(interval);
  const words = [
    `from ${Math.round(100 * batteryStart)} %`,
    ...(interval === 0 ? [] : [`every ${every.toLowerCase()}`]),
    ...(charging === 'none' ? [] : [chargings[charging].label]),
    ...(schedule === 'fixed' ? [] : [schedules[schedule].label]),
  ];
  return words.length === 1 && batteryStart === 1 ? 'full batteries' : words.join(' · ');
}
