// Which kind of device it is; changed for this one, for all of its kind, for all under its gateway, or for the whole fleet.

import { Button } from '@mantine/core';
import { useState } from 'react';
import { profileOf, profileSets } from '../../sim/devices/index.ts';
import type { Fleet } from '../../sim/fleet.ts';
import { type DeviceNode, nodeLabel } from '../../sim/topology.ts';
import { devicesInScope, type KindScope, restoreKinds, setProfiles } from '../../store/fleet-changes.ts';
import { foglineStore, useFogline } from '../../store/use-fogline.ts';
import { formatCount, formatCounted } from '../format.ts';
import { say } from '../graph/graph-view.ts';
import { ChoiceRow } from '../shared/choice-row.tsx';

const kinds = Object.values(profileSets).map(({ label, profiles }) => ({
  group: label,
  items: profiles.map((profile) => ({ value: profile.id, label: profile.label })),
}));

const help = 'Gives it the figures of another kind of device, from the next round on.';

interface Changed {
  readonly before: Fleet;
  readonly ids: readonly string[];
  readonly kind: string;
}

/** Changes the kind of several devices, or says why not. */
function changeKinds(ids: readonly string[], kind: string): Changed | null {
  const { experiment, change } = foglineStore.getState();
  const changes = setProfiles(experiment, ids, kind);
  if (typeof changes === 'string') {
    say(changes);
    return null;
  }
  if (!change(changes)) return null;
  if (ids.length > 1) say(`${formatCounted(ids.length, 'device')} are ${profileOf(kind).label} now.`);
  return { before: experiment.fleet, ids, kind };
}

function UndoKinds({ changed, onDone }: { readonly changed: Changed; readonly onDone: () => void }) {
  const stays = useFogline((state) => changed.ids.some((id) => state.experiment.fleet.profiles[id] === changed.kind));
  if (changed.ids.length < 2 || !stays) return null;
  const undo = () => {
    const { experiment, topology, change } = foglineStore.getState();
    const there = changed.ids.filter((id) => topology.byId.has(id));
    if (change(restoreKinds(experiment, changed.before, there))) say('They are of their former kinds again.');
    onDone();
  };
  return (
    <Button variant="default" size="compact-xs" onClick={undo}>
      Undo for {formatCount(changed.ids.length)} devices
    </Button>
  );
}

export function KindChoice({ node }: { readonly node: DeviceNode }) {
  const topology = useFogline((state) => state.topology);
  const [scope, setScope] = useState<KindScope>('device');
  const [changed, setChanged] = useState<Changed | null>(null);
  const gateway = topology.byId.get(node.parent);
  const count = (each: KindScope) => formatCount(devicesInScope(topology, node, each).length);
  return (
    <>
      <ChoiceRow
        label="Kind"
        help={help}
        value={node.profile.id}
        options={kinds}
        onChange={(kind) => setChanged(changeKinds(devicesInScope(topology, node, scope), kind))}
      />
      <ChoiceRow
        label="For"
        name="A new kind is for"
        help="Whom a new kind is for. Figures that were edited by hand are forgotten with the old kind."
        value={scope}
        options={[
          { value: 'device', label: 'this device' },
          { value: 'kind', label: `all ${count('kind')} ${node.profile.short}` },
          { value: 'gateway', label: `all ${count('gateway')} under ${gateway ? nodeLabel(gateway) : node.parent}` },
          { value: 'fleet', label: `all ${count('fleet')} devices` },
        ]}
        onChange={(next) => setScope(next as KindScope)}
      />
      {changed && <UndoKinds changed={changed} onDone={() => setChanged(null)} />}
    </>
  );
}

const MIXED = 'mixed';

/** On a gateway's card: the kind of all its devices at once. */
export function KindOfAll({ gateway }: { readonly gateway: string }) {
  const topology = useFogline((state) => state.topology);
  const [changed, setChanged] = useState<Changed | null>(null);
  const devices = topology.devices.filter(({ parent }) => parent === gateway);
  if (devices.length === 0) return null;
  const [first] = devices;
  const isOne = devices.every(({ profile }) => profile.id === first.profile.id);
  return (
    <>
      <ChoiceRow
        label="Devices"
        name="Kind of its devices"
        help="Gives all devices under it the figures of one kind, from the next round on."
        value={isOne ? first.profile.id : MIXED}
        options={isOne ? kinds : [{ value: MIXED, label: 'of several kinds' }, ...kinds]}
        onChange={(kind) => {
          if (kind === MIXED) return;
          setChanged(
            changeKinds(
              devices.map(({ id }) => id),
              kind,
            ),
          );
        }}
      />
      {changed && <UndoKinds changed={changed} onDone={() => setChanged(null)} />}
    </>
  );
}
