// Links between gateways, fogs and the cloud, and what is cut. A link carries one message at a time in each direction, so that
// what several send over it takes as long as it must; latency is not serialised. One predicate says whether a node is reachable.

import type { DeviceNode, UpperNode } from '../../fleet/topology.ts';
import { transfer } from '../../network/link.ts';
import { bytes } from '../../units.ts';
import { CLOUD, type Context, clockAt } from '../context.ts';
import type { LinkState } from '../run-state.ts';

export function linkState({ state }: Context, node: string): LinkState {
  const known = state.links.get(node);
  if (known) return known;
  const fresh = { up: Number.NEGATIVE_INFINITY, down: Number.NEGATIVE_INFINITY };
  state.links.set(node, fresh);
  return fresh;
}

export interface LinkTransfer {
  /** Offsets at which the message's first byte leaves and its last one is there. */
  readonly start: number;
  readonly end: number;
}

/** Puts a message on an upper node's link to its parent, behind those that wait for it. @param size bytes */
export function sendOverLink(context: Context, node: UpperNode, direction: 'up' | 'down', size: number): LinkTransfer {
  const link = linkState(context, node.id);
  const start = Math.max(context.now, link[direction]);
  const { time, onAir } = transfer(bytes(size), node.figures, direction);
  link[direction] = start + onAir;
  return { start, end: start + time };
}

/** Whether messages pass between a gateway or fog and the node above it: neither of them nor the link is switched off. */
export function isLinkUp({ world, topology }: Context, node: UpperNode): boolean {
  const parent = node.parent === null ? undefined : topology.byId.get(node.parent);
  return !world.isOff(node) && !world.isLinkOff(node) && parent !== undefined && !world.isOff(parent);
}

/** Whether messages pass all the way from a node's upper end to the cloud. */
export function reachesCloud(context: Context, path: readonly UpperNode[]): boolean {
  return path.at(-1)?.parent === CLOUD && path.every((node) => isLinkUp(context, node));
}

/** Whether a device and its gateway are switched on, and the link between them. */
export function reachesGateway({ world }: Context, device: DeviceNode, gateway: UpperNode | undefined): boolean {
  return !world.isOff(device) && !world.isLinkOff(device) && gateway !== undefined && !world.isOff(gateway);
}

/** Whether a device can be reached now by itself: it is switched on, and its availability pattern says so. */
export function isAvailable(context: Context, device: DeviceNode, offset = context.now): boolean {
  return context.world.isReachable(device, clockAt(context, offset));
}
