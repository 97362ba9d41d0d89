// A visitor's edits of the fleet, as changes to the experiment: adding, removing and moving nodes, editing their figures, switching
// them off, giving a device a model. Pure functions; `store.change(…)` makes the changes. A refusal is one sentence instead.

import type { Change } from '../sim/experiment/edits.ts';
import type { Experiment } from '../sim/experiment/experiment.ts';
import type { Fleet } from '../sim/experiment/sections/fleet.ts';
import type { DeviceFigure, UpperFigure } from '../sim/fleet/figures.ts';
import { isProfileId, profileOf } from '../sim/fleet/profiles/index.ts';
import { upperProfiles } from '../sim/fleet/profiles/upper-tiers.ts';
import {
  buildTopology,
  builtDeviceCount,
  type DeviceNode,
  type NetworkNode,
  nodeLabel,
  numberOf,
  type Topology,
  tierOf,
} from '../sim/fleet/topology.ts';
import type { ModelKind } from '../sim/model/models.ts';
import { formatInteger } from '../sim/printable-text.ts';

export type FigureId = DeviceFigure | UpperFigure;
export type FleetChanges = readonly Change[];
/** Changes, or why there are none: a sentence to show. */
export type ChangesOrRefusal = FleetChanges | string;

type FigureEdits = Fleet['figures'];

/** A number above every one ever used in this tier, removed nodes included: a node's name is never reused. */
function nextNumber(fleet: Fleet, tier: 'device' | 'gateway'): number {
  const built = tier === 'device' ? builtDeviceCount(fleet) : fleet.fogs * fleet.gatewaysPerFog;
  const added = fleet.added.filter(({ id }) => tierOf(id) === tier).map(({ id }) => numberOf(id));
  return Math.max(built, ...added) + 1;
}

/** The profile that the fleet's rule would give to the next device. */
export function nextProfile({ fleet }: Experiment): string {
  return fleet.mix[(nextNumber(fleet, 'device') - 1) % fleet.mix.length];
}

export const nextId = ({ fleet }: Experiment, tier: 'device' | 'gateway'): string =>
  `${tier}-${nextNumber(fleet, tier)}`;

export function addDevice(experiment: Experiment, gateway: string, profile: string): FleetChanges {
  const { added } = experiment.fleet;
  return [{ path: 'fleet.added', value: [...added, { id: nextId(experiment, 'device'), parent: gateway, profile }] }];
}

export function addGateway(experiment: Experiment, fog: string): FleetChanges {
  const { added } = experiment.fleet;
  return [{ path: 'fleet.added', value: [...added, { id: nextId(experiment, 'gateway'), parent: fog }] }];
}

/** The gateway that gets a removed gateway's devices: the one with the fewest, under the same fog if there is one. */
function adoptingGateway(gateway: NetworkNode, topology: Topology): string | undefined {
  const others = topology.gateways.filter(({ id }) => id !== gateway.id);
  const siblings = others.filter(({ parent }) => parent === gateway.parent);
  const devicesOf = (id: string) => topology.children.get(id)?.length ?? 0;
  return (siblings.length > 0 ? siblings : others).reduce<string | undefined>(
    (best, { id }) => (best === undefined || devicesOf(id) < devicesOf(best) ? id : best),
    undefined,
  );
}

const lastOfTier = (node: NetworkNode): string =>
  `${nodeLabel(node)} is the last ${node.tier}: a federation needs at least one.`;

/** Why this node cannot be removed; null if it can. */
export function whyNotRemovable(topology: Topology, id: string): string | null {
  const node = topology.byId.get(id);
  if (!node) return `${id} is not in the network.`;
  if (node.tier === 'cloud') return 'The cloud holds the global model, so it stays.';
  if (node.tier === 'fog') return 'How many fog nodes there are is a setting of the fleet.';
  const isLast = (node.tier === 'device' ? topology.devices : topology.gateways).length === 1;
  return isLast ? lastOfTier(node) : null;
}

/** Removes devices, as one change; refused if none would be left. */
export function removeDevices(experiment: Experiment, ids: readonly string[]): ChangesOrRefusal {
  const { fleet } = experiment;
  const { devices } = buildTopology(fleet);
  const wanted = new Set(ids);
  const removed = devices.filter(({ id }) => wanted.has(id)).map(({ id }) => id);
  if (removed.length === 0) return 'There is no device to remove.';
  if (removed.length === devices.length)
    return removed.length === 1
      ? lastOfTier(devices[0])
      : `These are all ${formatInteger(removed.length)} devices: a federation needs at least one, so keep one of them.`;
  return [{ path: 'fleet.removed', value: [...fleet.removed, ...removed] }];
}

/** Removes a device or a gateway; a gateway's devices move to another gateway. */
export function removeNode(experiment: Experiment, id: string): ChangesOrRefusal {
  const { fleet } = experiment;
  const topology = buildTopology(fleet);
  const refusal = whyNotRemovable(topology, id);
  const node = topology.byId.get(id);
  if (refusal || !node) return refusal ?? '';
  if (node.tier === 'device') return removeDevices(experiment, [id]);
  const removed: Change = { path: 'fleet.removed', value: [...fleet.removed, id] };
  const newGateway = adoptingGateway(node, topology);
  const children = topology.children.get(id) ?? [];
  if (!newGateway || children.length === 0) return [removed];
  const moved = Object.fromEntries(children.map((child) => [child, newGateway]));
  return [{ path: 'fleet.parents', value: { ...fleet.parents, ...moved } }, removed];
}

/** Moves a device to another gateway, or a gateway to another fog. */
export function moveNode(experiment: Experiment, id: string, parent: string): FleetChanges {
  return [{ path: 'fleet.parents', value: { ...experiment.fleet.parents, [id]: parent } }];
}

/** 'kind:esp32' of a device, 'kind:gateway' of a gateway: the key in `fleet.figures` of an edit for all of its kind. */
export const kindKey = (node: NetworkNode): string => `kind:${node.tier === 'device' ? node.profile.id : node.tier}`;

/** The profile's own value of a figure, before any edit. */
export function profileValue(node: NetworkNode, figure: FigureId): number {
  return node.tier === 'device'
    ? node.profile.figures[figure].value
    : upperProfiles[node.tier].figures[figure as UpperFigure];
}

function withFigure(figures: FigureEdits, target: string, figure: FigureId, value: number | undefined): FigureEdits {
  const { [target]: own = {}, ...others } = figures;
  const { [figure]: _, ...rest } = own;
  const next = value === undefined ? rest : { ...rest, [figure]: value };
  return Object.keys(next).length === 0 ? others : { ...others, [target]: next };
}

/** Edits one figure of nodes, as one change. A value that a node has without the edit removes the edit. */
export function setFigure(
  experiment: Experiment,
  nodes: readonly NetworkNode[],
  figure: FigureId,
  value: number | ((node: NetworkNode) => number),
): FleetChanges {
  const { figures } = experiment.fleet;
  const next = new Map(Object.entries(figures));
  for (const node of nodes) {
    const wanted = typeof value === 'number' ? value : value(node);
    const { [figure]: _, ...rest } = next.get(node.id) ?? {};
    const inherited = figures[kindKey(node)]?.[figure] ?? profileValue(node, figure);
    const own = wanted === inherited ? rest : { ...rest, [figure]: wanted };
    if (Object.keys(own).length === 0) next.delete(node.id);
    else next.set(node.id, own);
  }
  return [{ path: 'fleet.figures', value: Object.fromEntries(next) }];
}

/** Resets one figure to the profile's value, for these nodes only. */
export function resetFigure(experiment: Experiment, nodes: readonly NetworkNode[], figure: FigureId): FleetChanges {
  return setFigure(experiment, nodes, figure, (node) => profileValue(node, figure));
}

/** Removes every edit of this node. */
export function resetFigures(experiment: Experiment, target: string): FleetChanges {
  const { [target]: _, ...others } = experiment.fleet.figures;
  return [{ path: 'fleet.figures', value: others }];
}

/** Which devices a change of kind applies to: one, all of its kind, all under its gateway, or every device. */
export type KindScope = 'device' | 'kind' | 'gateway' | 'fleet';

/** Ids of the devices in a scope around one of them. */
export function devicesInScope({ devices }: Topology, device: DeviceNode, scope: KindScope): string[] {
  const isInScope: Readonly<Record<KindScope, (other: DeviceNode) => boolean>> = {
    device: ({ id }) => id === device.id,
    kind: ({ profile }) => profile.id === device.profile.id,
    gateway: ({ parent }) => parent === device.parent,
    fleet: () => true,
  };
  return devices.filter(isInScope[scope]).map(({ id }) => id);
}

/**
 * Gives devices another profile. Their edited figures are removed, because they were changes to the old profile. Devices that have
 * the new profile already stay as they are.
 */
export function setProfiles(experiment: Experiment, ids: readonly string[], profile: string): ChangesOrRefusal {
  const { fleet } = experiment;
  if (!isProfileId(profile)) return `There is no kind of device called ${profile}.`;
  const { label } = profileOf(profile);
  if (ids.length === 0) return 'There is no device to change.';
  const { byId } = buildTopology(fleet);
  const changed = new Set(
    ids.filter((id) => {
      const node = byId.get(id);
      return node?.tier === 'device' && node.profile.id !== profile;
    }),
  );
  if (changed.size === 0) return ids.length === 1 ? `It is ${label} already.` : `All of them are ${label} already.`;
  const profiles = { ...fleet.profiles, ...Object.fromEntries([...changed].map((id) => [id, profile])) };
  const figures = Object.fromEntries(Object.entries(fleet.figures).filter(([target]) => !changed.has(target)));
  const edited = Object.keys(figures).length < Object.keys(fleet.figures).length;
  return [{ path: 'fleet.profiles', value: profiles }, ...(edited ? [{ path: 'fleet.figures', value: figures }] : [])];
}

/** Applies this node's edits to every node of its kind; their own edits of the same figures are removed. */
export function applyToKind(experiment: Experiment, node: NetworkNode): FleetChanges {
  const { fleet } = experiment;
  const edits = Object.entries(fleet.figures[node.id] ?? {}) as [FigureId, number][];
  const kind = kindKey(node);
  const edited = new Set<string>(edits.map(([figure]) => figure));
  const { byId } = buildTopology(fleet);
  const others = Object.entries(fleet.figures).flatMap(([target, own]): [string, FigureEdits[string]][] => {
    const peer = byId.get(target);
    if (!peer || kindKey(peer) !== kind) return [[target, own]];
    const rest = Object.entries(own).filter(([figure]) => !edited.has(figure));
    return rest.length === 0 ? [] : [[target, Object.fromEntries(rest)]];
  });
  let figures: FigureEdits = Object.fromEntries(others);
  for (const [figure, value] of edits)
    figures = withFigure(figures, kind, figure, value === profileValue(node, figure) ? undefined : value);
  return [{ path: 'fleet.figures', value: figures }];
}

/** A node's id, or 'link:' and the id of the node below the link. */
export type NodeOrLinkId = string;

/** Switches nodes or links on or off, as one change. */
export function setSwitchedOn({ fleet }: Experiment, targets: readonly NodeOrLinkId[], on: boolean): readonly Change[] {
  const switched = new Set(targets);
  const others = fleet.off.filter((each) => !switched.has(each));
  return [{ path: 'fleet.off', value: on ? others : [...others, ...switched] }];
}

/**
 * Gives a device a model by hand, or leaves it to the rule again (null). While all devices share one model, families are
 * switched on with it: that restarts the run.
 */
export function setModel({ fleet, families }: Experiment, id: string, kind: ModelKind | null): readonly Change[] {
  const { [id]: _, ...others } = fleet.models;
  const models: Change = { path: 'fleet.models', value: kind === null ? others : { ...others, [id]: kind } };
  return kind === null || families.assignment === 'by-rule'
    ? [models]
    : [models, { path: 'families.assignment', value: 'by-rule' }];
}
