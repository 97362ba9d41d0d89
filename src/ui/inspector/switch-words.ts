// What switching a node or its link off does to the rounds, in one line: before it is done, and while it lasts.

import { type NetworkNode, nodeLabel, type Topology } from '../../sim/fleet/topology.ts';

export interface SwitchState {
  readonly node: NetworkNode;
  readonly topology: Topology;
  /** What is switched off by hand: ids, and 'link:' with an id. */
  readonly off: ReadonlySet<string>;
  /** Whether a gateway can serve a model of its own while the way to the cloud is cut. */
  readonly serves: (gateway: string) => boolean;
}

const counted = (count: number, one: string): string => (count === 1 ? `its ${one}` : `its ${count} ${one}s`);
const capital = (text: string): string => `${text[0].toUpperCase()}${text.slice(1)}`;
const be = (count: number): string => (count === 1 ? 'is' : 'are');

const parentOf = (node: NetworkNode, topology: Topology): NetworkNode | undefined =>
  node.parent === null ? undefined : topology.byId.get(node.parent);

/** Devices below a gateway or a fog. */
function devicesBelow(id: string, topology: Topology): number {
  const below = topology.children.get(id);
  return below ? below.reduce((count, child) => count + devicesBelow(child, topology), 0) : 1;
}

/** 'Gateway 2 is switched off', 'the link of Fog 1 is down': what cuts a node off further up; '' if nothing does. */
function cutAbove({ node, topology, off }: SwitchState): string {
  for (let above = parentOf(node, topology); above && above.tier !== 'cloud'; above = parentOf(above, topology)) {
    if (off.has(above.id)) return `${nodeLabel(above)} is switched off`;
    if (off.has(`link:${above.id}`)) return `the link of ${nodeLabel(above)} is down`;
  }
  return '';
}

function deviceWords(state: SwitchState): string {
  const { node, topology, off, serves } = state;
  if (off.has(node.id)) return 'Off: the rounds go on without it, and without what only its data show.';
  if (off.has(`link:${node.id}`)) return 'Link down: no model reaches it, and no update comes from it.';
  const cause = cutAbove(state);
  if (cause === '') return 'Switch it off, and the rounds go on without it.';
  const gateway = parentOf(node, topology);
  const isNear = gateway === undefined || off.has(gateway.id);
  return !isNear && serves(gateway.id)
    ? `${capital(cause)}: it trains from its gateway’s copy, and its updates get no further.`
    : `Cut off: ${cause}.`;
}

function gatewayWords(state: SwitchState): string {
  const { node, topology, off, serves } = state;
  const count = devicesBelow(node.id, topology);
  if (count === 0) return 'No device hangs under it.';
  const devices = counted(count, 'device');
  const others = topology.devices.length > count;
  const rest = others ? 'rounds go on with what arrives' : 'rounds pass without any update';
  const cut = `${devices} ${be(count)} cut off; ${rest}`;
  if (off.has(node.id)) return `Off: ${cut}.`;
  const cause = off.has(`link:${node.id}`) ? 'link down' : cutAbove(state);
  if (cause === '') return `Switch it off, and ${cut}.`;
  return serves(node.id)
    ? `${capital(cause)}: ${devices} can train from its own copy, and the updates get no further.`
    : `${capital(cause)}: ${cut}.`;
}

function fogWords(state: SwitchState): string {
  const { node, topology, off, serves } = state;
  const gateways = topology.children.get(node.id) ?? [];
  const count = devicesBelow(node.id, topology);
  if (count === 0) return 'No device hangs under it.';
  const rest = topology.devices.length > count ? 'rounds go on with what arrives' : 'rounds pass without any update';
  const below = gateways.some(serves)
    ? `${counted(gateways.length, 'gateway')} can serve only ${gateways.length === 1 ? 'its' : 'their'} own ${gateways.length === 1 ? 'copy' : 'copies'}`
    : `${counted(count, 'device')} ${be(count)} cut off`;
  const cut = `${below}; ${rest}`;
  if (off.has(node.id)) return `Off: ${cut}.`;
  return off.has(`link:${node.id}`) ? `Link down: ${cut}.` : `Switch it off, and ${cut}.`;
}

export function toSwitchWords(state: SwitchState): string {
  const { tier } = state.node;
  if (tier === 'device') return deviceWords(state);
  return tier === 'gateway' ? gatewayWords(state) : tier === 'fog' ? fogWords(state) : '';
}

/** Whether the way from a node to the cloud is cut: at its own link or further up. */
export const isCutAbove = (state: SwitchState): boolean =>
  state.off.has(`link:${state.node.id}`) || cutAbove(state) !== '';

/** Whether the node, its link, or anything further up is off: the line is then worth its place. */
export const isTroubled = (state: SwitchState): boolean => state.off.has(state.node.id) || isCutAbove(state);
