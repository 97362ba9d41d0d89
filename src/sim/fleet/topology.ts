// The network: cloud – fogs – gateways – devices, their names and every figure of theirs, made from the experiment's fleet.
// Devices are numbered across the whole fleet: device-7 is the seventh, whichever gateway it is attached to, and keeps its number.

import type { Fleet } from '../experiment/sections/fleet.ts';
import type { DeviceFigure, DeviceFigures, UpperFigure, UpperFigures } from './figures.ts';
import { profileOf } from './profiles/index.ts';
import type { Profile } from './profiles/profile.ts';
import { type UpperTier, upperProfiles } from './profiles/upper-tiers.ts';

export interface DeviceNode {
  readonly tier: 'device';
  readonly id: string;
  /** 7 for device-7. */
  readonly number: number;
  readonly parent: string;
  readonly profile: Profile;
  readonly figures: DeviceFigures;
}

export interface UpperNode {
  readonly tier: UpperTier;
  readonly id: string;
  readonly number: number;
  /** The node above; the cloud has none. */
  readonly parent: string | null;
  readonly figures: UpperFigures;
}

export type NetworkNode = DeviceNode | UpperNode;

export interface Topology {
  readonly cloud: UpperNode;
  readonly fogs: readonly UpperNode[];
  readonly gateways: readonly UpperNode[];
  readonly devices: readonly DeviceNode[];
  readonly byId: ReadonlyMap<string, NetworkNode>;
  /** Ids of the nodes directly below, in order. */
  readonly children: ReadonlyMap<string, readonly string[]>;
}

export const numberOf = (id: string): number => Number(id.slice(id.lastIndexOf('-') + 1));
export const tierOf = (id: string): 'device' | UpperTier =>
  id === 'cloud' ? 'cloud' : (id.slice(0, id.indexOf('-')) as 'device' | UpperTier);

const parentTier = { device: 'gateway', gateway: 'fog', fog: 'cloud' } as const;

type Edits = Readonly<Record<string, number>>;

interface PlannedNode {
  readonly id: string;
  readonly parent: string;
  readonly profile: string | undefined;
}

/** Nodes as the rule builds them, before the visitor's changes. */
function* builtNodes(fleet: Fleet): Generator<PlannedNode> {
  let gateway = 0;
  let device = 0;
  for (let fog = 1; fog <= fleet.fogs; fog++) {
    yield { id: `fog-${fog}`, parent: 'cloud', profile: undefined };
    for (let g = 0; g < fleet.gatewaysPerFog; g++) {
      gateway++;
      yield { id: `gateway-${gateway}`, parent: `fog-${fog}`, profile: undefined };
      for (let d = 0; d < fleet.devicesPerGateway; d++) {
        yield {
          id: `device-${device + 1}`,
          parent: `gateway-${gateway}`,
          profile: fleet.mix[device % fleet.mix.length],
        };
        device++;
      }
    }
  }
}

/** Number of devices that the rule builds; those added by hand have higher numbers. */
export const builtDeviceCount = (fleet: Fleet): number => fleet.fogs * fleet.gatewaysPerFog * fleet.devicesPerGateway;

function planOf(fleet: Fleet): Map<string, PlannedNode> {
  const plan = new Map<string, PlannedNode>();
  for (const node of builtNodes(fleet)) plan.set(node.id, node);
  for (const { id, parent, profile } of fleet.added) {
    if (id === 'cloud' || plan.has(id))
      throw new RangeError(`fleet.added: ${id} is there already; give the new node another number.`);
    plan.set(id, { id, parent, profile: tierOf(id) === 'device' ? (profile ?? fleet.mix[0]) : undefined });
  }
  for (const [id, parent] of Object.entries(fleet.parents)) {
    const node = plan.get(id);
    if (!node) throw new RangeError(`fleet.parents moves ${id}, which is not in the fleet.`);
    plan.set(id, { ...node, parent });
  }
  for (const [id, profile] of Object.entries(fleet.profiles)) {
    const node = plan.get(id);
    if (!node) throw new RangeError(`fleet.profiles changes ${id}, which is not in the fleet.`);
    plan.set(id, { ...node, profile });
  }
  if (new Set(fleet.removed).size < fleet.removed.length) {
    throw new RangeError('fleet.removed lists a node twice.');
  }
  for (const id of fleet.removed) {
    if (!plan.delete(id)) throw new RangeError(`fleet.removed takes out ${id}, which is not in the fleet.`);
  }
  for (const { id, parent } of plan.values()) {
    const tier = tierOf(id);
    if (tier === 'cloud') continue;
    if (tierOf(parent) !== parentTier[tier])
      throw new RangeError(`fleet: ${id} hangs under ${parent}; a ${tier} hangs under a ${parentTier[tier]}.`);
    if (parent !== 'cloud' && !plan.has(parent)) {
      throw new RangeError(`fleet: ${id} hangs under ${parent}, which is not in the fleet.`);
    }
  }
  return plan;
}

/** A profile's figures, but for those edited of a kind and, before that, of a node. */
function figuresOf<Figure extends string>(
  profile: Readonly<Record<Figure, number>>,
  ofKind: Edits = {},
  ofNode: Edits = {},
): Readonly<Record<Figure, number>> {
  const figures: Record<Figure, number> = { ...profile };
  for (const figure in profile) figures[figure] = ofNode[figure] ?? ofKind[figure] ?? profile[figure];
  return figures;
}

/** Devices of a kind share their figures, but for those that were edited by hand: a fleet of thousands has a few sets. */
function deviceFigures(fleet: Fleet): (id: string, profile: Profile) => DeviceFigures {
  const shared = new Map<Profile, DeviceFigures>();
  return (id, profile) => {
    let figures = shared.get(profile);
    if (!figures) {
      const entries = Object.entries(profile.figures) as [DeviceFigure, { value: number }][];
      const values = Object.fromEntries(entries.map(([key, { value }]) => [key, value])) as DeviceFigures;
      figures = figuresOf(values, fleet.figures[`kind:${profile.id}`]);
      shared.set(profile, figures);
    }
    const edits = fleet.figures[id];
    return edits ? figuresOf(figures, undefined, edits) : figures;
  };
}

function upperNode(id: string, parent: string | null, fleet: Fleet): UpperNode {
  const tier = tierOf(id) as UpperTier;
  const figures = figuresOf<UpperFigure>(upperProfiles[tier].figures, fleet.figures[`kind:${tier}`], fleet.figures[id]);
  return { tier, id, number: numberOf(id), parent, figures };
}

const byNumber = (a: { readonly number: number }, b: { readonly number: number }): number => a.number - b.number;

function build(fleet: Fleet): Topology {
  const cloud = upperNode('cloud', null, fleet);
  const fogs: UpperNode[] = [];
  const gateways: UpperNode[] = [];
  const devices: DeviceNode[] = [];
  const figuresOfDevice = deviceFigures(fleet);
  for (const { id, parent, profile: profileId } of planOf(fleet).values()) {
    const tier = tierOf(id);
    if (tier !== 'device') (tier === 'fog' ? fogs : gateways).push(upperNode(id, parent, fleet));
    else if (profileId !== undefined) {
      const profile = profileOf(profileId);
      devices.push({ tier, id, number: numberOf(id), parent, profile, figures: figuresOfDevice(id, profile) });
    }
  }
  const byId = new Map<string, NetworkNode>();
  const children = new Map<string, string[]>();
  for (const node of [cloud, ...fogs.sort(byNumber), ...gateways.sort(byNumber), ...devices.sort(byNumber)]) {
    byId.set(node.id, node);
    if (node.tier !== 'device') children.set(node.id, []);
    if (node.parent) children.get(node.parent)?.push(node.id);
  }
  return { cloud, fogs, gateways, devices, byId, children };
}

const networks = new WeakMap<Fleet, Topology>();

/**
 * The network of a fleet. Fleets are never written to, so each is built once: the check of an edit, the page and every round
 * ask for the same one.
 * @throws {RangeError} one sentence, if a change names a node that is not there or hangs one where it cannot hang.
 */
export function buildTopology(fleet: Fleet): Topology {
  const known = networks.get(fleet);
  if (known) return known;
  const topology = build(fleet);
  networks.set(fleet, topology);
  return topology;
}

/** 'ESP32 7', 'Gateway 2', 'Fog', 'Cloud': how a node is called on the screen. */
export function nodeLabel(node: NetworkNode): string {
  if (node.tier === 'cloud') return 'Cloud';
  if (node.tier === 'device') return `${node.profile.short} ${node.number}`;
  return `${node.tier === 'fog' ? 'Fog' : 'Gateway'} ${node.number}`;
}
