// A model on its way down to devices. With a cache it crosses to a fog and a gateway once, and is served from there; without
// one each device's copy crosses the whole path. A node on the way that combines updates itself takes it as its own model.

import type { DeviceNode, UpperNode } from '../../fleet/topology.ts';
import {
  CLOUD,
  type Context,
  deviceNode,
  deviceState,
  type FamilyContext,
  type Published,
  pathAbove,
  portionsOf,
  upperNode,
} from '../context.ts';
import { failTurn, startDownload } from '../device/device-turn.ts';
import { schedule } from '../event-queue.ts';
import type { EncodedModel, Message } from '../run-state.ts';
import { sizesOf } from './exchange.ts';
import { isLinkUp, sendOverLink } from './links.ts';
import { notifyObserver } from './message-observer.ts';

const keyOf = ({ source, version }: Published): string => `${source} ${version}`;

/** Sends a model from a node that has it to devices below. @param published as that node holds it */
export function distribute(
  context: Context,
  family: FamilyContext,
  node: UpperNode,
  published: Published,
  targets: readonly string[],
): void {
  if (node.tier === 'gateway') {
    for (const id of targets) serve(context, family, node, published, id);
    return;
  }
  if (!context.experiment.network.cache) {
    for (const id of targets) sendOwnCopy(context, family, node, published, id);
    return;
  }
  for (const [child, below] of byChild(context, node, targets)) {
    const next = upperNode(context, child);
    const served = family.state.served.get(child);
    if (served?.key !== keyOf(published)) sendModel(context, family, node, next, published, below);
    else if (served.message === null) distribute(context, family, next, { ...published, model: served.model }, below);
    else {
      const message = context.state.messages.get(served.message);
      if (message?.kind === 'model') message.targets.push(...below);
    }
  }
}

/** The children of a node on the way to devices, and the devices behind each, in order. */
function byChild(context: Context, node: UpperNode, targets: readonly string[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const id of targets) {
    const device = deviceNode(context, id);
    if (!device) continue;
    const path = pathAbove(context, device).map((each) => each.id);
    const child = node.id === CLOUD ? path.at(-1) : path[path.indexOf(node.id) - 1];
    if (child === undefined) continue;
    const group = groups.get(child);
    if (group) group.push(id);
    else groups.set(child, [id]);
  }
  return groups;
}

/** A model crosses to the next node with a cache. */
function sendModel(
  context: Context,
  family: FamilyContext,
  from: UpperNode,
  to: UpperNode,
  published: Published,
  targets: readonly string[],
): void {
  const model = family.encoder.forReceiver(published.model, from.id, to.id, from.id === published.source);
  const id = launch(context, family, to, { ...published, model }, [...targets], false);
  family.state.served.set(to.id, { key: keyOf(published), model, message: id });
}

/** One device's copy begins its way through every node between. */
function sendOwnCopy(
  context: Context,
  family: FamilyContext,
  from: UpperNode,
  published: Published,
  target: string,
): void {
  const device = deviceNode(context, target);
  const first = [...byChild(context, from, [target]).keys()][0];
  if (!device || first === undefined) return;
  const { turn } = deviceState(context, target);
  if (!turn) return;
  const portions = portionsOf(context, family, target, turn.round);
  const model = family.encoder.forReceiver(published.model, published.source, target, true, portions.download);
  launch(context, family, upperNode(context, first), { ...published, model }, [target], true, published.model);
}

function launch(
  context: Context,
  family: FamilyContext,
  link: UpperNode,
  { source, version, model }: Published,
  targets: string[],
  isUnicast: boolean,
  whole = model,
): number {
  const { state } = context;
  const { size } = sizesOf(model);
  const { start, end } = sendOverLink(context, link, 'down', size);
  const id = state.counters.messages++;
  const place = { id, family: family.index, link: link.id, start, end };
  state.messages.set(id, { ...place, kind: 'model', source, version, model, whole, targets, isUnicast });
  schedule(state.queue, end, { kind: 'message', message: id });
  return id;
}

type ModelMessage = Extract<Message, { kind: 'model' }>;

/** A model has crossed a link: to a node's cache, and on to those that wait for it. */
export function onModelArrived(context: Context, message: ModelMessage): void {
  const family = context.families[message.family];
  const node = upperNode(context, message.link);
  const { source, version, model, targets, isUnicast } = message;
  const served = family.state.served.get(node.id);
  if (!isLinkUp(context, node)) {
    loseModel(context, message);
    return;
  }
  context.recorder.crossed(message, sizesOf(model));
  notifyObserver(
    { ...context.env, round: context.round, model: family.model },
    { node: node.id, direction: 'down' },
    model,
  );
  const from = node.parent ?? CLOUD;
  if (!isUnicast) {
    if (served?.message === message.id) family.state.served.set(node.id, { ...served, message: null });
    family.state.received.set(node.id, { from, copy: model.copy });
  }
  const published = { source, version, model };
  context.listener.received(context, family, node, { ...published, model: message.whole });
  if (!isUnicast) distribute(context, family, node, published, targets);
  else if (node.tier === 'gateway') serveCopy(context, published, targets[0]);
  else {
    const next = [...byChild(context, node, targets).keys()][0];
    if (next !== undefined) launch(context, family, upperNode(context, next), published, targets, true, message.whole);
  }
}

/** A model does not arrive: of those who wait for it nothing will come. */
export function loseModel(context: Context, { id: message, family, link, targets }: ModelMessage): void {
  const { served } = context.families[family].state;
  if (served.get(link)?.message === message) served.delete(link);
  for (const id of targets) {
    const device = deviceNode(context, id);
    if (!device) continue;
    const { turn } = deviceState(context, id);
    if (turn) failTurn(context, device, turn, 'cut off');
  }
}

/** A gateway sends a device what it needs of the gateway's copy of the model. */
function serve(
  context: Context,
  family: FamilyContext,
  gateway: UpperNode,
  published: Published,
  target: string,
): void {
  const device = deviceNode(context, target);
  if (!device) return;
  const { turn } = deviceState(context, target);
  if (!turn || turn.model) return;
  const portions = portionsOf(context, family, target, turn.round);
  const isOrigin = published.source === CLOUD && gateway.id === CLOUD;
  const model = family.encoder.forReceiver(published.model, gateway.id, target, isOrigin, portions.download);
  begin(context, device, published, model, gateway.id);
}

function serveCopy(context: Context, published: Published, target: string | undefined): void {
  const device = target === undefined ? undefined : deviceNode(context, target);
  if (device) begin(context, device, published, published.model, published.source);
}

function begin(
  context: Context,
  device: DeviceNode,
  { version }: Published,
  model: EncodedModel,
  source: string,
): void {
  const { turn } = deviceState(context, device.id);
  if (!turn || turn.model) return;
  turn.version = version;
  turn.upload = portionsOf(
    context,
    context.families[turn.family],
    device.id,
    turn.round,
    model.copy.mask ?? null,
  ).upload;
  startDownload(context, device, turn, model, source);
}
