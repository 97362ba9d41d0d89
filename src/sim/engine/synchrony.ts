// When a tier's node combines what arrives from below. Barrier: it waits for all that it asked, or closes early at a deadline or
// once enough have arrived (Bonawitz et al., MLSys 2019). Buffer: it combines a number of updates as they come, and those
// who sent them begin again (FedBuff: Nguyen et al., AISTATS 2022). Relay: it passes each update on. Synchronous rounds are
// barriers at every tier; FedAsync (Xie et al. 2019) is relay, relay, and a buffer of 1.

import type { Experiment } from '../experiment/experiment.ts';
import type { UpperNode } from '../fleet/topology.ts';

export type Synchrony = 'barrier' | 'buffer' | 'relay';

export interface TierPolicy {
  readonly synchrony: Synchrony;
  /** Updates that a buffer combines at once. */
  readonly buffer: number;
  /** Rounds with those below before a barrier reports to the node above (HierFAVG: Liu et al., ICC 2020). */
  readonly rounds: number;
}

const always = (synchrony: Synchrony) => ({ gateway: synchrony, fog: synchrony });

export function synchronies({
  mode,
  gatewayWaits,
  fogWaits,
  cloudWaits,
}: Experiment['aggregation']): Readonly<Record<UpperNode['tier'], Synchrony>> {
  if (mode === 'by-tier') return { gateway: gatewayWaits, fog: fogWaits, cloud: cloudWaits };
  if (mode === 'sync') return { ...always('barrier'), cloud: 'barrier' };
  return { ...always('relay'), cloud: 'buffer' };
}

export function tierPolicy({ aggregation }: Experiment, tier: UpperNode['tier']): TierPolicy {
  const { mode, buffer, gatewayBuffer, fogBuffer, gatewayRounds, fogRounds } = aggregation;
  const synchrony = synchronies(aggregation)[tier];
  const sizes = { gateway: gatewayBuffer, fog: fogBuffer, cloud: mode === 'fed-async' ? 1 : buffer };
  const rounds = { gateway: gatewayRounds, fog: fogRounds, cloud: 1 };
  return { synchrony, buffer: sizes[tier], rounds: synchrony === 'barrier' ? rounds[tier] : 1 };
}

const tiers = ['gateway', 'fog', 'cloud'] as const;

export const tierPolicies = (experiment: Experiment): Readonly<Record<UpperNode['tier'], TierPolicy>> => ({
  gateway: tierPolicy(experiment, 'gateway'),
  fog: tierPolicy(experiment, 'fog'),
  cloud: tierPolicy(experiment, 'cloud'),
});

/**
 * Whether devices work in rounds: a node above them waits for all that were asked, so that a deadline and over-selection can
 * close a round early.
 */
export const hasRounds = (experiment: Experiment): boolean =>
  tiers.some((tier) => tierPolicy(experiment, tier).synchrony === 'barrier');

/** Whether gateways or fogs wait for those below them, under a cloud that waits for nobody. */
export const isSemiAsynchronous = (experiment: Experiment): boolean =>
  isAsynchronous(experiment) && hasRounds(experiment);

/** Whether the cloud waits for nobody: a record is a number of updates, not a round. */
export const isAsynchronous = (experiment: Experiment): boolean =>
  tierPolicy(experiment, 'cloud').synchrony === 'buffer';
