// The network as React Flow's nodes and edges. They hold only what the layout decides; what changes with every round the
// nodes and links read from the store by their own id.

import { type Edge, type Node, Position } from 'reactflow';
import { type NetworkNode, nodeLabel, type Topology } from '../../sim/fleet/topology.ts';
import { type Curve, linkCurve } from './curve.ts';
import type { Point } from './geometry.ts';
import { type Layout, sizeOf } from './layout.ts';
import type { BoxSize, DeviceSize } from './sizes.ts';

export type DeviceFlowNode = Node<{ readonly size: DeviceSize }, 'device'>;
export type UpperFlowNode = Node<{ readonly size: BoxSize }, 'upper'>;
export type GraphNode = DeviceFlowNode | UpperFlowNode;
type LinkData = {
  /** Between the nodes' places; a node that is being dragged has left its own. */
  readonly curve: Curve | undefined;
  /** Of the devices: marks on links are as large as they allow. */
  readonly radius: number;
};
export type LinkFlowEdge = Edge<LinkData, 'link'>;

/** Id of the element that holds a node's name and state, for assistive technology. */
export const nameIdOf = (id: string): string => `graph-name-${id}`;

const kindOf = (node: NetworkNode): string => (node.tier === 'device' ? node.profile.id : node.tier);

function sameShape(one: Topology, other: Topology): boolean {
  if (one.byId.size !== other.byId.size) return false;
  const others = other.byId.values();
  for (const node of one.byId.values()) {
    const { value } = others.next();
    if (!value || node.id !== value.id || node.parent !== value.parent || kindOf(node) !== kindOf(value)) return false;
  }
  return true;
}

let shape: Topology | undefined;
let asked: Topology | undefined;
/** The topology, but the same object as before where only figures have changed: the graph is then not laid out anew. */
export function shapeOf(topology: Topology): Topology {
  if (shape && asked === topology) return shape;
  if (!shape || !sameShape(shape, topology)) shape = topology;
  asked = topology;
  return shape;
}

/** Which devices are elements: all of them, or none where they are painted. */
export type Devices = 'all' | 'none';

/** From the cloud down, each gateway before its devices: the order of the Tab key. */
export function nodeOrder(topology: Topology, devices: Devices = 'all'): NetworkNode[] {
  const order: NetworkNode[] = [];
  const visit = (id: string) => {
    const node = topology.byId.get(id);
    if (!node) return;
    order.push(node);
    if (node.tier === 'gateway' && devices === 'none') return;
    for (const child of topology.children.get(id) ?? []) visit(child);
  };
  visit('cloud');
  return order;
}

/** Some devices put into the order, each after its gateway. */
export function withDevices(
  nodes: readonly GraphNode[],
  devices: readonly GraphNode[],
  topology: Topology,
): GraphNode[] {
  if (devices.length === 0) return [...nodes];
  return nodes.flatMap((node) => [node, ...devices.filter(({ id }) => topology.byId.get(id)?.parent === node.id)]);
}

const origin: Point = { x: 0, y: 0 };

export function toNodes(topology: Topology, layout: Layout, nodes = nodeOrder(topology)): GraphNode[] {
  return nodes.map((node) => {
    const isDevice = node.tier === 'device';
    const { width, height } = sizeOf(layout, node.id);
    const end = { x: width / 2 - 0.5, width: 1, height: 1 };
    const common = {
      id: node.id,
      position: layout.centres.get(node.id) ?? origin,
      width,
      height,
      // Known beforehand, so React Flow need not measure hundreds of nodes before it draws their links.
      measured: { width, height },
      handles: [
        { ...end, type: 'source' as const, position: Position.Top, y: 0 },
        { ...end, type: 'target' as const, position: Position.Bottom, y: height - 1 },
      ],
      draggable: isDevice || node.tier === 'gateway',
      domAttributes: { 'aria-labelledby': nameIdOf(node.id) },
    };
    return isDevice
      ? { ...common, type: 'device', ariaRole: 'button', data: { size: layout.device } }
      : {
          ...common,
          type: 'upper',
          ariaRole: node.tier === 'cloud' ? 'button' : 'group',
          data: { size: node.tier === 'gateway' ? layout.box : layout.upperBox },
        };
  });
}

const nothing: ReadonlySet<string> = new Set();

/** One link for every node that has a parent, from the lower node up. `off`: ids of links that are switched off. */
export function toLinks(
  topology: Topology,
  layout: Layout,
  off = nothing,
  nodes = nodeOrder(topology),
): LinkFlowEdge[] {
  return nodes.flatMap((node): LinkFlowEdge[] => {
    const parent = node.parent === null ? undefined : topology.byId.get(node.parent);
    if (!parent) return [];
    return [
      {
        id: `link:${node.id}`,
        type: 'link',
        source: node.id,
        target: parent.id,
        className: `link-of-${node.tier}`,
        data: {
          curve: linkCurve(layout, node.id, parent.id),
          radius: layout.device.radius,
        },
        ariaRole: 'button',
        ariaLabel: `Link from ${nodeLabel(node)} up to ${nodeLabel(parent)}${off.has(`link:${node.id}`) ? ', switched off' : ''}`,
        // Reached with the arrow keys from its node: Tab goes from node to node.
        domAttributes: { tabIndex: -1 },
      },
    ];
  });
}

/** The element that an arrow key goes to: up a link to the parent, down to the first child, sideways to a sibling. */
export function neighbourOf(topology: Topology, id: string, key: string): string | null {
  const own = id.replace('link:', '');
  const node = topology.byId.get(own);
  if (!node) return null;
  const isLink = own !== id;
  if (key === 'ArrowUp') return isLink ? node.parent : node.parent && `link:${own}`;
  if (key === 'ArrowDown') return isLink ? own : (topology.children.get(own)?.[0] ?? null);
  const siblings = node.parent ? (topology.children.get(node.parent) ?? []) : [];
  const next = siblings[siblings.indexOf(own) + (key === 'ArrowRight' ? 1 : -1)];
  return next === undefined ? null : isLink ? `link:${next}` : next;
}
