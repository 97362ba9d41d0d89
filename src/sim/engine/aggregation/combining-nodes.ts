// Which node combines what comes from where, and which round a device's turn belongs to: questions that every part of the engine
// asks of the tree of nodes and its tiers' policies.

import type { UpperNode } from '../../fleet/topology.ts';
import { CLOUD, type Context, type FamilyContext } from '../context.ts';
import type { AggregatorState } from '../run-state.ts';

/** The node that combines what a device or a lower node sends: the first one above that does not just pass it on. */
export function combinerAbove({ policies, topology }: Context, id: string): UpperNode {
  for (let at = topology.byId.get(id)?.parent; at; at = topology.byId.get(at)?.parent) {
    const node = topology.byId.get(at);
    if (node && node.tier !== 'device' && policies[node.tier].synchrony !== 'relay') return node;
  }
  return topology.cloud;
}

export const synchronyOf = ({ policies }: Context, tier: UpperNode['tier']) => policies[tier].synchrony;

export function aggregatorOf(family: FamilyContext, node: string): AggregatorState {
  const known = family.state.aggregators.get(node);
  if (known) return known;
  const fresh: AggregatorState = {
    base: null,
    baseVersion: 0,
    total: null,
    contributors: new Map(),
    version: 0,
    round: 0,
    session: 0,
    part: 0,
    roundsHeld: 0,
    members: new Set(),
    works: new Map(),
    pending: new Set(),
    goal: Number.POSITIVE_INFINITY,
    arrivals: [],
    counted: 0,
    computing: 0,
    isOpen: false,
    isAsked: false,
    isWaitedFor: false,
    slowest: '',
  };
  family.state.aggregators.set(node, fresh);
  return fresh;
}

/**
 * Whether a node works in rounds: it waits for those below it, or the node above waits for it. Others combine what comes, when
 * it comes.
 */
export function worksInRounds(context: Context, node: UpperNode): boolean {
  for (let at: UpperNode = node; ; at = combinerAbove(context, at.id)) {
    if (synchronyOf(context, at.tier) === 'barrier') return true;
    if (at.id === CLOUD) return false;
  }
}

/**
 * The highest node whose round a device's turn belongs to, from the node that combines its update; null if none works in rounds.
 * Until that round is over, the device waits, and is not asked again.
 */
export function roundHolder(context: Context, owner: UpperNode): UpperNode | null {
  let highest: UpperNode | null = null;
  for (let at = owner; ; at = combinerAbove(context, at.id)) {
    if (worksInRounds(context, at)) highest = at;
    if (at.id === CLOUD) return highest;
  }
}

/** The gateways' parts that a node has summed up since it was asked. */
export const partsBehind = ({ policies }: Context, node: UpperNode, { part }: AggregatorState): number =>
  node.tier === 'gateway' ? part : part * policies.gateway.rounds;
