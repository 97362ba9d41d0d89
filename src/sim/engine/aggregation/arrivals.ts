// An update's way up ends here: at a gateway, or at the end of a link between upper nodes. It is combined, passed on, too late, or
// lost, and the device learns which, so that error feedback keeps what was not used.

import { massOf } from '../../aggregators/aggregator.ts';
import type { DeviceNode } from '../../fleet/topology.ts';
import {
  CLOUD,
  type Context,
  countFailure,
  deviceNode,
  deviceState,
  hasSubModels,
  type Listener,
  upperNode,
} from '../context.ts';
import { endTurn, failTurn, sleep, updateFeedback } from '../device/device-turn.ts';
import { startOf } from '../device/training.ts';
import { isWholeUsable, keepUnreported, sizesOf, tensorsOf } from '../messages/exchange.ts';
import { isLinkUp } from '../messages/links.ts';
import { notifyObserver } from '../messages/message-observer.ts';
import type { Arrival, Turn, UpdateMessage } from '../run-state.ts';
import { offer, receiveModel, silent } from './aggregation.ts';
import { aggregatorOf, combinerAbove, roundHolder } from './combining-nodes.ts';
import { joinLaterPart, onRoundOver } from './own-rounds.ts';
import { freed, markContributors, relay } from './reports.ts';

/** An update has crossed a link between upper nodes. */
export function onUpdateArrived(context: Context, message: UpdateMessage): void {
  const family = context.families[message.family];
  const below = upperNode(context, message.link);
  const { arrival, isLast } = message;
  const device = deviceNode(context, arrival.from);
  if (!isLinkUp(context, below)) {
    loseUpdate(context, message);
    return;
  }
  context.recorder.crossed(message, sizesOf(message.encoded));
  notifyObserver(
    { ...context.env, round: context.round, model: family.model },
    { node: below.id, direction: 'up' },
    message.encoded,
  );
  const node = upperNode(context, below.parent ?? CLOUD);
  const here: Arrival = { ...arrival, time: context.now };
  if (context.policies[node.tier].synchrony === 'relay') {
    relay(context, family, node, { ...message, arrival: here });
    return;
  }
  if (device) {
    conclude(context, device, offer(context, family, node, here, message));
    return;
  }
  if (isLast) freed(context, family, arrival.from);
  // A diverged update is discarded where it arrives.
  if (!isWholeUsable(arrival.update)) {
    markContributors(context, arrival.contributors, 'diverged');
    if (isLast) silent(context, family, node, arrival.from);
    return;
  }
  if (offer(context, family, node, here, message)) return;
  markContributors(context, arrival.contributors, 'too stale');
  keepUnreported(family.state, arrival.from, arrival.update);
}

/** An update is lost between two upper nodes: no node above is notified. */
export function loseUpdate(context: Context, { arrival, isLast, family: index }: UpdateMessage): void {
  const family = context.families[index];
  const device = deviceNode(context, arrival.from);
  if (device) {
    const { turn } = deviceState(context, device.id);
    if (turn) failTurn(context, device, turn, 'lost above');
    return;
  }
  markContributors(context, arrival.contributors, 'lost above');
  keepUnreported(family.state, arrival.from, arrival.update);
  // Its sender may be gone.
  if (!isLast || !context.topology.byId.has(arrival.from)) return;
  silent(context, family, combinerAbove(context, arrival.from), arrival.from);
  freed(context, family, arrival.from);
}

/** A device's update has reached the node that combines it, which it was told. */
export function conclude(context: Context, device: DeviceNode, isCounted: boolean): void {
  const state = deviceState(context, device.id);
  const { turn } = state;
  if (!turn) return;
  updateFeedback(context, device, turn, isCounted);
  endTurn(context, device, turn);
  const { trained } = turn;
  if (isCounted && trained) {
    const isFromEarlier = turn.trainedIn < context.round;
    context.recorder.setStatus(device.id, isFromEarlier ? 'arrived' : 'trained');
  } else if (!isInRound(context, turn)) countFailure(context, device.id, 'too stale');
  else if (turn.askedIn === context.round) context.recorder.setStatus(device.id, 'late');
  if (!isInRound(context, turn)) sleep(context, device);
}

/** Whether a device waits for the end of the round that its turn belongs to. */
export function isInRound(context: Context, { owner, family, session }: Turn): boolean {
  const holder = roundHolder(context, upperNode(context, owner));
  if (!holder) return false;
  const own = aggregatorOf(context.families[family], holder.id);
  return own.isWaitedFor && own.session === session;
}

/** Whether a device without a turn stays awake: the round that it took part in is not over. */
export function waitsForRound(context: Context, device: DeviceNode): boolean {
  const owner = combinerAbove(context, device.id);
  const holder = roundHolder(context, owner);
  return context.families.some(
    (family) =>
      holder !== null &&
      aggregatorOf(family, holder.id).isWaitedFor &&
      aggregatorOf(family, owner.id).members.has(device.id),
  );
}

/** What becomes of devices' turns. */
export const listener: Listener = {
  roundOver: onRoundOver,
  received: receiveModel,
  arrived: (context, device, turn) => {
    const family = context.families[turn.family];
    const gateway = upperNode(context, device.parent);
    const { sent, trained } = turn;
    if (!sent || !trained) return;
    const samples = context.recorder.devices.samples[context.recorder.row(device.id)];
    const mass = hasSubModels(context.experiment, family.model) && sent.held ? massOf(sent.held, samples) : undefined;
    const arrival: Arrival = {
      from: device.id,
      update: { values: sent.values, samples, mass, ...(sent.beside && { tensors: tensorsOf(sent.beside) }) },
      contributors: new Map([
        [device.id, { samples, observed: { round: turn.round, loss: trained.loss, lossRms: trained.lossRms } }],
      ]),
      time: context.now,
      device: device.id,
      version: turn.version,
      start: startOf(turn),
    };
    if (turn.owner === gateway.id) {
      const isCounted = offer(context, family, gateway, arrival, { ...turn, isLast: true });
      conclude(context, device, isCounted);
      if (!isCounted) joinLaterPart(context, family, gateway, device);
      return;
    }
    const report = { arrival, encoded: sent, session: turn.session, part: turn.part, isLast: true };
    if (!relay(context, family, gateway, report)) failTurn(context, device, turn, 'lost above');
  },
  failed: (context, device, turn) => {
    silent(context, context.families[turn.family], upperNode(context, turn.owner), device.id);
    if (!isInRound(context, turn)) sleep(context, device);
  },
};
