// What is selected in the network: a list of ids. One id is a node or a link, whose card is open; several are devices. Pure.

import { type Topology, tierOf } from '../sim/fleet/topology.ts';

/** Ids, each once: of one node ('device-7') or link ('link:device-7', from it up to its parent), or of several devices. */
export type Selection = readonly string[];

interface HasSelection {
  readonly selection: Selection;
}

/** Id of the one node or link that is selected; null if nothing is, or several devices are. */
export const selectedOne = ({ selection }: HasSelection): string | null =>
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

/** The selection with more devices. A gateway or a link that was selected is let go: several are devices. */
export const withDevices = (selection: Selection, ids: readonly string[]): Selection => [
  ...new Set([...selection.filter(isDevice), ...ids]),
];

/** Adds a device, or takes it out if it is in; so with all devices below a gateway, a fog or the cloud. */
export function toggled(topology: Topology, selection: Selection, id: string): Selection {
  const meant = devicesBelow(topology, id);
  if (meant.length === 0) return selection;
  const present = new Set(selection);
  if (!meant.every((each) => present.has(each))) return withDevices(selection, meant);
  const out = new Set(meant);
  return selection.filter((each) => isDevice(each) && !out.has(each));
}

/** What is left of a selection in a network; the same list if all of it is. */
export function stillThere(selection: Selection, { byId }: Topology): Selection {
  const isThere = (id: string) => byId.has(id.replace('link:', ''));
  return selection.every(isThere) ? selection : selection.filter(isThere);
}
