// Nodes that combine updates: gateways and fogs with a barrier or a buffer of their own, and the cloud. Each keeps, for each
// family, the model that it received, what its rounds have changed since, and which children it waits for. A node acts on what has
// reached it: of a device that dies, or has nothing to send, its gateway is notified when the connection breaks.

import type { Aggregator } from '../../aggregators/aggregator.ts';
import { aggregators } from '../../aggregators/index.ts';
import type { OwnSettings } from '../../experiment/variants.ts';
import { computeTime, macRateOf } from '../../fleet/compute.ts';
import { numberOf, type UpperNode } from '../../fleet/topology.ts';
import { strategyOf } from '../../strategies/index.ts';
import { macs } from '../../units.ts';
import {
  CLOUD,
  type Context,
  deviceNode,
  deviceState,
  type FamilyContext,
  type Published,
  upperNode,
} from '../context.ts';
import { schedule } from '../event-queue.ts';
import { combineAll, keepUnreported, tensorCount } from '../messages/exchange.ts';
import type { AggregatorState, Arrival, Contribution, EngineEvent, UpdateMessage } from '../run-state.ts';
import { aggregatorOf, synchronyOf, worksInRounds } from './combining-nodes.ts';

export const plus = (a: Float32Array, b: Float32Array): Float32Array => a.map((value, i) => value + b[i]);

/** A round of a node with those below it begins: it waits for them. */
export function openRound(context: Context, family: FamilyContext, node: string): void {
  const own = aggregatorOf(family, node);
  own.isOpen = true;
  own.counted = 0;
  own.pending = new Set(own.members);
  const { closes, deadline } = context.experiment.selection;
  if (!closes || ![...own.members].some((id) => deviceNode(context, id))) return;
  const { session, part } = own;
  const event = { kind: 'deadline', node, family: family.index, session, part } as const;
  schedule(context.state.queue, context.now + deadline, event);
}

export function onDeadline(context: Context, family: FamilyContext, node: string, session: number, part: number): void {
  const own = aggregatorOf(family, node);
  if (own.isOpen && own.session === session && own.part === part) close(context, family, upperNode(context, node));
}

/** A node has received a model from above. */
export function receiveModel(context: Context, family: FamilyContext, node: UpperNode, published: Published): void {
  if (context.policies[node.tier].synchrony === 'relay') return;
  const own = aggregatorOf(family, node.id);
  own.base = published.model.copy;
  own.baseVersion = published.version;
  own.total = null;
  own.contributors.clear();
}

export type Place = Pick<UpdateMessage, 'session' | 'part'> & { readonly isLast: boolean };

/**
 * An update is at the node that combines it. Returns whether it counts; one that is too late for its round does not.
 * @param place the node's round that it was made in, and whether its sender has more to send in it
 */
export function offer(
  context: Context,
  family: FamilyContext,
  node: UpperNode,
  arrival: Arrival,
  { session, part, isLast }: Place,
): boolean {
  const own = aggregatorOf(family, node.id);
  const { synchrony, buffer } = context.policies[node.tier];
  const isRound = worksInRounds(context, node);
  if (isRound) {
    const isAwaited = own.isOpen && own.session === session && own.part === part && own.pending.has(arrival.from);
    if (!isAwaited) return false;
    if (isLast) own.pending.delete(arrival.from);
  }
  context.mayDispatch = true;
  if (node.id === CLOUD && isTooStale(context, family, arrival)) return false;
  own.arrivals.push(arrival);
  own.counted++;
  if (node.id === CLOUD) observe(context, arrival);
  else context.recorder.received(node.id, context.now, isRound ? `${family.index} ${arrival.from}` : undefined);
  if (isComplete(own)) close(context, family, node);
  else if (synchrony === 'buffer' && own.arrivals.length >= buffer) combine(context, family, node);
  return true;
}

/** The cloud receives reports of devices' training with the update that they contributed to, not before. */
export function observe(context: Context, { contributors }: Arrival): void {
  for (const [id, { observed }] of contributors) {
    if (context.topology.byId.has(id)) deviceState(context, id).observed = observed;
  }
}

/** Whether the global model has moved on by more versions than an update may be old. */
export function isTooStale(context: Context, { state }: FamilyContext, { version }: Arrival): boolean {
  const { maxStaleness } = context.experiment.aggregation;
  return synchronyOf(context, 'cloud') === 'buffer' && maxStaleness > 0 && state.version - version > maxStaleness;
}

/** A child of a node has nothing to send, or will send nothing more in this round. */
export function silent(context: Context, family: FamilyContext, node: UpperNode, child: string): void {
  aggregatorOf(family, node.id).members.delete(child);
  answered(context, family, node, child);
}

/** A child of a node has no more to send in this round. */
export function answered(context: Context, family: FamilyContext, node: UpperNode, child: string): void {
  const own = aggregatorOf(family, node.id);
  if (own.pending.delete(child) && isComplete(own)) close(context, family, node);
}

export const isComplete = ({ isOpen, pending, counted, goal }: AggregatorState): boolean =>
  isOpen && (pending.size === 0 || counted >= goal);

/** Nodes that were removed from the fleet are not waited for. */
export function forgetChildren(context: Context, family: FamilyContext, isGone: (id: string) => boolean): void {
  const { aggregators } = family.state;
  for (const id of [...aggregators.keys()].filter(isGone)) aggregators.delete(id);
  for (const [id, { members }] of aggregators) {
    for (const child of [...members].filter(isGone)) silent(context, family, upperNode(context, id), child);
  }
}

/** A node stops waiting. Devices that have not reported are late. */
export function close(context: Context, family: FamilyContext, node: UpperNode): void {
  const own = aggregatorOf(family, node.id);
  own.isOpen = false;
  if (node.id === CLOUD) context.recorder.cloudClosed = context.now;
  else context.recorder.closed(node.id, context.now);
  for (const id of own.pending) if (deviceNode(context, id)) context.recorder.setStatus(id, 'late');
  own.pending.clear();
  if (own.arrivals.length > 0) combine(context, family, node);
  else if (own.computing > 0) return;
  else if (node.id === CLOUD) family.state.cloud = 'done';
  else context.listener.roundOver(context, family, node);
}

/** A node adds up what has arrived; its sums take time. */
export function combine(context: Context, family: FamilyContext, node: UpperNode): void {
  const own = aggregatorOf(family, node.id);
  const aggregator = aggregatorAt(context, node.tier);
  const arrivals = own.arrivals.splice(0).sort((a, b) => numberOf(a.from) - numberOf(b.from));
  const updates = arrivals.map(({ update }) => update);
  const { parameters } = family.model;
  const step = node.id === CLOUD ? parameters * serverMacsOf(context.experiment) : 0;
  const sums = aggregator.macs(parameters, arrivals.length) * tensorCount(updates) + step;
  const end = context.now + computeTime(macs(sums), macRateOf(node.figures));
  own.slowest = latest(arrivals).device;
  if (node.id === CLOUD) {
    family.state.cloud = 'stepping';
    context.recorder.bar(CLOUD, 'aggregate', context.now, end);
    schedule(context.state.queue, end, { kind: 'stepped', family: family.index, arrivals });
    return;
  }
  const result = combineAll(aggregator, updates, context.experiment.aggregation);
  // A buffer's updates stand for themselves; to a barrier's total each child contributes once, whatever part it was in.
  if (synchronyOf(context, node.tier) === 'buffer') {
    own.contributors.clear();
    own.baseVersion = Math.min(...arrivals.map(({ version }) => version));
  }
  for (const [device, contribution] of contributionsOf(arrivals)) own.contributors.set(device, contribution);
  own.computing++;
  context.recorder.combined(node.id, family.index, samplesOf(own), context.now, end);
  schedule(context.state.queue, end, {
    kind: 'combined',
    node: node.id,
    family: family.index,
    session: own.session,
    result,
  });
}

/** Multiply-accumulates a weight of the strategy's own at the cloud; FedAsync's mixing is what an average costs. */
export function serverMacsOf(experiment: Context['experiment']): number {
  const { aggregation } = experiment;
  return aggregation.mode === 'fed-async' ? 0 : strategyOf(experiment).serverMacs(aggregation);
}

/** How the nodes of a tier make one update of many. */
export function aggregatorAt(context: Context, tier: UpperNode['tier']): Aggregator<OwnSettings> {
  const { gatewayAggregator, upperAggregator, bufferAggregator } = context.experiment.aggregation;
  if (tier === 'gateway') return aggregators[gatewayAggregator];
  return aggregators[
    tier === 'cloud' && synchronyOf(context, 'cloud') === 'buffer' ? bufferAggregator : upperAggregator
  ];
}

/** The devices behind updates that are combined at once; a buffer may hold several of one device. */
export function contributionsOf(arrivals: readonly Arrival[]): Map<string, Contribution> {
  const all = new Map<string, Contribution>();
  for (const { contributors } of arrivals) {
    for (const [device, { samples, observed }] of contributors) {
      all.set(device, { samples: samples + (all.get(device)?.samples ?? 0), observed });
    }
  }
  return all;
}

export const latest = (arrivals: readonly Arrival[]): Arrival =>
  arrivals.reduce((last, each) => (each.time > last.time ? each : last));

/** Behind a node's total stand all who contributed to it, each once, whatever round it was in. */
export const samplesOf = ({ contributors }: AggregatorState): number =>
  [...contributors.values()].reduce((sum, { samples }) => sum + samples, 0);

/** A node's sums are computed: they are part of its model. */
export function onCombined(
  context: Context,
  family: FamilyContext,
  id: string,
  { session, result }: Extract<EngineEvent, { kind: 'combined' }>,
): void {
  const own = aggregatorOf(family, id);
  const node = upperNode(context, id);
  // A gateway that was cut off may have been asked again meanwhile: its sums belong to an earlier round.
  if (worksInRounds(context, node) && own.session !== session) {
    keepUnreported(family.state, id, result);
    return;
  }
  own.computing--;
  own.version++;
  if (synchronyOf(context, node.tier) === 'buffer') {
    own.total = result;
    context.listener.roundOver(context, family, node);
    return;
  }
  const { total } = own;
  const mass =
    result.mass && total?.mass ? result.mass.map((own, i) => Math.max(own, total.mass?.[i] ?? 0)) : result.mass;
  const values = total ? plus(total.values, result.values) : result.values;
  own.total = { values, samples: samplesOf(own), mass, tensors: result.tensors };
  context.listener.roundOver(context, family, node);
}
