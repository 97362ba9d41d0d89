// What the graph and the inspector do to the fleet: they make the changes, select what is new, and say what happened.

import { nodeLabel, tierOf } from '../../sim/fleet/topology.ts';
import {
  addDevice,
  addGateway,
  type ChangesOrRefusal,
  moveNode,
  nextId,
  nextProfile,
  removeDevices,
  removeNode,
} from '../../store/fleet-changes.ts';
import { type AppliedChanges, undoChanges } from '../../store/undo.ts';
import { foglineStore } from '../../store/use-fogline.ts';
import { formatCounted } from '../format.ts';
import { say } from './graph-view.ts';

const labelOf = (id: string): string => {
  const node = foglineStore.getState().topology.byId.get(id);
  return node ? nodeLabel(node) : id;
};

/** When a change is felt: a run that has begun takes it up at its next round. */
export const fromWhen = (): string => (foglineStore.getState().history.length > 0 ? ' from the next round on' : '');

/** A device under a gateway, a gateway under a fog; the new node is selected. */
export function addBelow(parent: string): void {
  const { experiment, change, select } = foglineStore.getState();
  const isGateway = tierOf(parent) === 'gateway';
  const id = nextId(experiment, isGateway ? 'device' : 'gateway');
  const changes = isGateway ? addDevice(experiment, parent, nextProfile(experiment)) : addGateway(experiment, parent);
  if (!change(changes)) return;
  select(id);
  say(`${labelOf(id)} is under ${labelOf(parent)}${fromWhen()}.`);
}

export function moveTo(id: string, parent: string): void {
  const { experiment, change } = foglineStore.getState();
  if (change(moveNode(experiment, id, parent))) say(`${labelOf(id)} hangs under ${labelOf(parent)}${fromWhen()}.`);
}

/** Returns whether the node was removed; if not, the reason is said. */
export function remove(id: string): boolean {
  const { experiment, change } = foglineStore.getState();
  const label = labelOf(id);
  const changes = removeNode(experiment, id);
  if (typeof changes === 'string') {
    say(changes);
    return false;
  }
  if (!change(changes)) return false;
  const heir = changes.length > 1 ? '; its devices moved to a neighbour' : '';
  say(`${label} is removed${fromWhen()}${heir}.`);
  return true;
}

/** Makes a change to nodes as one edit, or says why not. Returns what can be taken back. */
export function changeNodes(ids: readonly string[], changes: ChangesOrRefusal): AppliedChanges | null {
  const { experiment, change } = foglineStore.getState();
  if (typeof changes === 'string') {
    say(changes);
    return null;
  }
  return change(changes) ? { ids, before: experiment.fleet, changes } : null;
}

/** Takes a change to several nodes back. */
export function undo(done: AppliedChanges): void {
  const { experiment, change } = foglineStore.getState();
  if (change(undoChanges(experiment, done)))
    say(`${formatCounted(done.ids.length, 'device')} are as they were${fromWhen()}.`);
}

/** Returns whether the devices were removed; if not, the reason is said. The notice takes them back, and selects them again. */
export function removeAll(ids: readonly string[]): boolean {
  const { experiment, notify } = foglineStore.getState();
  const done = changeNodes(ids, removeDevices(experiment, ids));
  if (!done) return false;
  const back = () => {
    foglineStore.getState().dismissNotice();
    undo(done);
    const { topology, selectAll } = foglineStore.getState();
    selectAll(ids.filter((id) => topology.byId.has(id)));
  };
  notify('info', `${formatCounted(ids.length, 'device')} are removed${fromWhen()}.`, { label: 'Undo', act: back });
  return true;
}
