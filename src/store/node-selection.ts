// The selection in the network: a list of ids. One id is a node or a link, whose card is open; several are devices. Pure functions.

import { type Topology, tierOf } from '../sim/fleet/topology.ts';

/** Ids, each once: of one node ('device-7') or link ('link:device-7', from it up to its parent), or of several devices. */
export type Selection = readonly string[];

interface HasSelection {
  readonly selection: Selection;
}

/** Id of the one node or link that is selected; null if nothing is, or several devices are. */
export const selectedId = ({ selection }: HasSelection): string | null =>
  selection.length === 1 ? selection[0] : null;

const sets = new WeakMap<Selection, ReadonlySet<string>>();
const none: ReadonlySet<string> = new Set();

/** Ids of the selected devices if there are several; empty if not more than one is selected. */
export function selectedDevices({ selection }: HasSelection): ReadonlySet<string> {
  if (selection.length < 2) return none;
  let set = sets.get(selection);
  if (!set) {
    set = new Set(selection);
    sets.set(selection, set);
  }
  return set;
}

const isDevice = (id: string): boolean => !id.startsWith('link:') && tierOf(id) === 'device';

/** Ids of the devices at or below a node. */
export function devicesBelow({ children }: Topology, id: string): string[] {
  const below: string[] = [];
  const visit = (each: string) => {
    if (isDevice(each)) below.push(each);
    else for (const child of children.get(each) ?? []) visit(child);
  };
  visit(id);
  return below;
}

/** The selection with more devices. A gateway or a link that was selected no longer is: several ids must be devices. */
export const addToSelection = (selection: Selection, ids: readonly string[]): Selection => [
  ...new Set([...selection.filter(isDevice), ...ids]),
];

/** Adds a device, or removes it if it is selected; the same with all devices below a gateway, a fog or the cloud. */
export function toggleNode(topology: Topology, selection: Selection, id: string): Selection {
  const devices = devicesBelow(topology, id);
  if (devices.length === 0) return selection;
  const present = new Set(selection);
  if (!devices.every((each) => present.has(each))) return addToSelection(selection, devices);
  const deselected = new Set(devices);
  return selection.filter((each) => isDevice(each) && !deselected.has(each));
}

/** The selection without nodes that are no longer in the network; the same list if all are. */
export function withoutRemovedNodes(selection: Selection, { byId }: Topology): Selection {
  const isThere = (id: string) => byId.has(id.replace('link:', ''));
  return selection.every(isThere) ? selection : selection.filter(isThere);
}
