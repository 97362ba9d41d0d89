import type { DeviceNode, UpperNode } from '../../fleet/topology.ts';
import { type Context, deviceNode, deviceState, type FamilyContext, upperNode } from '../context.ts';
import { newTurn } from '../device/device-turn.ts';
import { payUntil } from '../device/energy.ts';
import { distribute } from '../messages/distribution.ts';
import type { AggregatorState } from '../run-state.ts';
import { openRound, plus } from './aggregation.ts';
import { aggregatorOf, partsBehind } from './combining-nodes.ts';
import { report } from './reports.ts';

/** A node's own model: what it received, and its rounds' changes. */
export function ownModel({ base, total }: AggregatorState): Float32Array {
  if (!base) throw new Error('This node has not received a model.');
  return total ? plus(base.values, total.values) : base.values;
}

/** A node's round is over: it holds another one with those below, or reports to the node above. */
export function onRoundOver(context: Context, family: FamilyContext, node: UpperNode): void {
  const own = aggregatorOf(family, node.id);
  const { rounds } = context.policies[node.tier];
  own.roundsHeld++;
  if (own.base && own.roundsHeld < rounds && own.members.size > 0) beginPart(context, family, node);
  else report(context, family, node);
}

/** A node sends its own model down for another round with those below. */
export function beginPart(context: Context, family: FamilyContext, node: UpperNode): void {
  const own = aggregatorOf(family, node.id);
  const { rng, encoder } = family;
  // A gateway's model is named by the part that it opens, a fog's by the gateways' parts that it sums up.
  const part = node.tier === 'gateway' ? own.part + 1 : partsBehind(context, node, own);
  const model = encoder.whole(ownModel(own), own.base?.mask, rng.split('down', node.id, own.round, part));
  const devices = openBelow(context, family, node);
  const published = { source: node.id, version: own.version, model };
  distribute(context, family, node, published, devices);
}

/** Opens the rounds of a node and of the combining nodes below it; returns the devices that are free to begin. */
export function openBelow(context: Context, family: FamilyContext, node: UpperNode): string[] {
  const own = aggregatorOf(family, node.id);
  own.part++;
  own.arrivals.length = 0;
  const free: string[] = [];
  for (const id of own.members) {
    const device = deviceNode(context, id);
    if (!device) free.push(...openLower(context, family, upperNode(context, id)));
    else if (beginTurn(context, family, device, own, node.id)) free.push(id);
  }
  openRound(context, family, node.id);
  return free;
}

export function openLower(context: Context, family: FamilyContext, node: UpperNode): string[] {
  aggregatorOf(family, node.id).roundsHeld = 0;
  return openBelow(context, family, node);
}

/** Gives a device another turn in a later part; false while it is still at work for an earlier one. */
export function beginTurn(
  context: Context,
  family: FamilyContext,
  device: DeviceNode,
  own: AggregatorState,
  owner: string,
): boolean {
  const state = deviceState(context, device.id);
  if (state.turn) return false;
  const { round, session, part } = own;
  const work = own.works.get(device.id);
  if (!work) return false;
  payUntil(context, device, context.now);
  state.mode = 'idle';
  state.turn = newTurn(context, { family: family.index, owner, round, session, part, work });
  return true;
}

/** A device that was late for one part takes part in the next, which has begun meanwhile. */
export function joinLaterPart(context: Context, family: FamilyContext, gateway: UpperNode, device: DeviceNode): void {
  const own = aggregatorOf(family, gateway.id);
  if (!own.isOpen || !own.pending.has(device.id)) return;
  if (!beginTurn(context, family, device, own, gateway.id)) return;
  const values = ownModel(own);
  const model = family.encoder.whole(values, own.base?.mask, family.rng.split('down', gateway.id, own.round, own.part));
  const published = { source: gateway.id, version: own.version, model };
  distribute(context, family, gateway, published, [device.id]);
}
