// Who waits for whom, tier by tier, as text: for the controls, the section's summary and the printed settings.

import { tierPolicy } from '../../sim/engine/synchrony.ts';
import type { Experiment } from '../../sim/experiment/experiment.ts';
import { formatCount, formatCounted } from '../format.ts';

export type CombiningTier = 'gateway' | 'fog' | 'cloud';
export const combiningTiers: readonly CombiningTier[] = ['gateway', 'fog', 'cloud'];

const below = { gateway: 'devices', fog: 'gateways', cloud: 'nodes below' } as const;

/** What a tier does with what arrives, in a word or two: 'waits', 'every 3', 'relays'. */
export function tierWords(experiment: Experiment, tier: CombiningTier): string {
  const { synchrony, buffer } = tierPolicy(experiment, tier);
  if (synchrony === 'relay') return 'relays';
  if (synchrony === 'buffer') return `every ${formatCount(buffer)}`;
  return experiment.selection.closes ? 'deadline' : 'waits';
}

/** The same in a sentence. */
export function tierHelp(experiment: Experiment, tier: CombiningTier): string {
  const { synchrony, buffer, rounds } = tierPolicy(experiment, tier);
  const isCloud = tier === 'cloud';
  if (synchrony === 'relay') return 'Passes each update on as it comes, and adds nothing up.';
  if (synchrony === 'buffer') {
    const taken = buffer === 1 ? 'each update that comes' : `every ${formatCounted(buffer, 'update')}`;
    return isCloud
      ? `Waits for nobody: makes a step of ${taken}, averages or single ones.`
      : `Waits for no one in particular: sends the mean of ${taken}.`;
  }
  const until = experiment.selection.closes ? ', or until the deadline' : '';
  if (isCloud) return `Waits for all that were asked${until}, then makes a step: a round.`;
  const times = rounds > 1 ? ` ${formatCount(rounds)} times` : '';
  return `Waits for all its ${below[tier]} that were asked${until}${times}, then sends their mean.`;
}

/** 'gateways wait, cloud every 2'; the tiers that pass on are left out. */
export function policiesSummary(experiment: Experiment): string {
  const words = combiningTiers.flatMap((tier) => {
    const { synchrony, buffer } = tierPolicy(experiment, tier);
    if (synchrony === 'relay') return [];
    const isCloud = tier === 'cloud';
    if (synchrony === 'buffer') return [`${isCloud ? 'cloud' : `${tier}s`} every ${formatCount(buffer)}`];
    return [isCloud ? 'cloud waits' : `${tier}s wait`];
  });
  return words.join(', ');
}
