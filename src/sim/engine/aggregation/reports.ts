// What a gateway or fog sends to the node above: its own rounds' changes, or an update that it passes on. Where nothing can be
// sent, the node above hears of that, and the devices below are free again.

import type { WeightedUpdate } from '../../aggregators/aggregator.ts';
import type { UpperNode } from '../../fleet/topology.ts';
import { weightSubset } from '../../model/masks.ts';
import { hasContributed, type Status } from '../../record/statuses.ts';
import { type Context, countFailure, deviceNode, deviceState, type FamilyContext, prunedPart } from '../context.ts';
import { sleep } from '../device/device-turn.ts';
import { schedule } from '../event-queue.ts';
import { encodeUpdate, isUsable, updateResidual } from '../messages/encoding.ts';
import { exchangeOf, keepUnreported, packTensors, sizesOf, tensorsOf, withUnreported } from '../messages/exchange.ts';
import { isLinkUp, sendOverLink } from '../messages/links.ts';
import type { AggregatorState, Arrival, Contribution, EncodedUpdate, UpdateMessage } from '../run-state.ts';
import { answered, silent } from './aggregation.ts';
import { aggregatorOf, combinerAbove, partsBehind, roundHolder, synchronyOf } from './combining-nodes.ts';

/** A node sends what its rounds have changed to the node that combines it above. */
export function report(context: Context, family: FamilyContext, node: UpperNode): void {
  const own = aggregatorOf(family, node.id);
  const above = combinerAbove(context, node.id);
  const { base } = own;
  const total = own.total && withUnreported(family.state, node.id, own.total);
  const isLast = !own.isOpen && own.computing === 0;
  const contributors = new Map(own.contributors);
  if (total && base && isLinkUp(context, node)) {
    const encoded = encodeReport(context, family, node, own, total);
    const arrival: Arrival = {
      from: node.id,
      update: {
        values: encoded.values,
        samples: total.samples,
        mass: total.mass,
        ...(encoded.beside && { tensors: tensorsOf(encoded.beside) }),
      },
      contributors,
      time: context.now,
      device: own.slowest,
      version: own.baseVersion,
      start: base.values,
    };
    updateResidual(family.state, node.id, encoded, isUsable(encoded.values));
    const { part } = aggregatorOf(family, above.id);
    sendUp(context, family, node, { arrival, encoded, session: own.session, part, isLast });
  } else {
    if (total) {
      markContributors(context, contributors, 'lost above');
      keepUnreported(family.state, node.id, total);
    }
    if (isLast) nothingToReport(context, family, node, total !== null);
  }
  own.total = null;
  if (!isLast || !own.isWaitedFor || roundHolder(context, node)?.id !== node.id) return;
  own.isWaitedFor = false;
  release(context, family, own);
}

/** Nothing will reach the node above: of this round, or of this report only. */
export function nothingToReport(context: Context, family: FamilyContext, node: UpperNode, wasLost: boolean): void {
  const above = combinerAbove(context, node.id);
  if (wasLost || synchronyOf(context, node.tier) === 'barrier') silent(context, family, above, node.id);
  else answered(context, family, above, node.id);
  freed(context, family, node.id);
}

/** Devices below a node need not wait any longer: its round is over. */
export function release(context: Context, family: FamilyContext, { members }: AggregatorState): void {
  for (const id of members) {
    const device = deviceNode(context, id);
    if (!device) release(context, family, aggregatorOf(family, id));
    else if (deviceState(context, id).turn === null) sleep(context, device);
  }
}

/** The cloud knows that a node's round is over, and may ask it again. */
export function freed(context: Context, family: FamilyContext, node: string): void {
  const own = aggregatorOf(family, node);
  if (!own.isAsked) return;
  own.isAsked = false;
  context.mayDispatch = true;
}

/** What became of the devices whose updates a node had combined. */
export function markContributors(
  context: Context,
  contributors: ReadonlyMap<string, Contribution>,
  status: Status,
): void {
  for (const id of contributors.keys()) {
    if (!context.topology.byId.has(id)) continue;
    if (hasContributed(context.recorder.statusOf(id))) countFailure(context, id, status);
  }
}

export function encodeReport(
  context: Context,
  family: FamilyContext,
  node: UpperNode,
  own: AggregatorState,
  total: WeightedUpdate,
): EncodedUpdate {
  const { compression } = context.experiment;
  const pipeline = node.tier === 'gateway' ? compression.gateway : compression.fog;
  const { model, rng, state } = family;
  // Of sub-models it sends what any of its devices held.
  const subset = total.mass
    ? weightSubset(
        model,
        Uint8Array.from(total.mass, (samples) => (samples > 0 ? 1 : 0)),
      )
    : prunedPart(family);
  const settings = {
    spec: node.tier === 'gateway' ? context.codecs.gateway : context.codecs.fog,
    payload: compression.payload,
    base: own.base?.values ?? state.weights,
    model,
    feedback: pipeline.feedback,
    momentum: 0,
    subset,
  };
  // A buffer reports more than once a round.
  const isBuffer = synchronyOf(context, node.tier) === 'buffer';
  const chance = isBuffer
    ? rng.split('up', node.id, 'version', own.version)
    : rng.split('up', node.id, own.round, partsBehind(context, node, own));
  const encoded = encodeUpdate(state, node.id, total.values, settings, chance);
  const exchange = exchangeOf(context.experiment);
  if (!exchange || !total.tensors) return encoded;
  const beside = packTensors(exchange.up, total.tensors, model, context.experiment.aggregation, chance);
  return { ...encoded, beside };
}

export type Report = Pick<UpdateMessage, 'arrival' | 'encoded' | 'session' | 'part' | 'isLast'>;

/** An update crosses a gateway's or fog's link to the node above. */
export function sendUp(context: Context, family: FamilyContext, node: UpperNode, report: Report): void {
  const { state } = context;
  const { size } = sizesOf(report.encoded);
  const { start, end } = sendOverLink(context, node, 'up', size);
  const id = state.counters.messages++;
  const { arrival, encoded, session, part, isLast } = report;
  const place = { id, family: family.index, link: node.id, start, end };
  state.messages.set(id, { ...place, kind: 'update', arrival, encoded, session, part, isLast });
  schedule(state.queue, end, { kind: 'message', message: id });
}

/** A node passes an update on as it is. */
export function relay(context: Context, family: FamilyContext, node: UpperNode, report: Report): boolean {
  context.recorder.received(node.id, context.now);
  if (!isLinkUp(context, node)) return false;
  sendUp(context, family, node, report);
  return true;
}
