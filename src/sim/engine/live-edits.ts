// What live edits do to work under way.

import { forgetChildren } from './aggregation/aggregation.ts';
import { loseUpdate } from './aggregation/arrivals.ts';
import { type Context, deviceState } from './context.ts';
import { failTurn } from './device/device-turn.ts';
import { payUntil } from './device/energy.ts';
import { trainWaiting } from './device/training.ts';
import { loseModel } from './messages/distribution.ts';
import { isLinkUp, reachesGateway } from './messages/links.ts';

/** Devices that are gone or cut off stop, and what waits trains as it was asked. */
export async function applyToWork(context: Context): Promise<void> {
  forgetRemovedNodes(context);
  await trainWaiting(context);
  const { topology } = context;
  for (const device of topology.devices) {
    const own = deviceState(context, device.id);
    const gateway = topology.byId.get(device.parent);
    const isOn = reachesGateway(context, device, gateway?.tier === 'gateway' ? gateway : undefined);
    if (own.turn && context.world.isOff(device)) {
      payUntil(context, device, context.now);
      own.mode = 'off';
    }
    if (own.turn && !own.turn.uploaded && !isOn)
      failTurn(context, device, own.turn, context.world.isOff(device) ? 'switched off' : 'cut off');
  }
  loseMessages(context);
}

/** What crosses a link that has just been cut is lost, also if the link is back before it would have arrived. */
function loseMessages(context: Context): void {
  const { topology, state } = context;
  for (const message of [...state.messages.values()]) {
    const node = topology.byId.get(message.link);
    if (node && node.tier !== 'device' && isLinkUp(context, node)) continue;
    state.messages.delete(message.id);
    if (message.kind === 'model') loseModel(context, message);
    else loseUpdate(context, message);
    // Nothing takes up the link any longer.
    state.links.delete(message.link);
  }
}

/** Nobody waits for a node that was removed. */
function forgetRemovedNodes(context: Context): void {
  const { topology, state, families } = context;
  const isGone = (id: string) => !topology.byId.has(id);
  for (const id of [...state.devices.keys()].filter(isGone)) {
    state.devices.delete(id);
    state.links.delete(id);
    state.waiting.delete(id);
  }
  for (const family of families) forgetChildren(context, family, isGone);
}
