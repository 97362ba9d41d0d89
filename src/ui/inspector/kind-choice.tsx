// Which kind of device it is; changed for this one, for all of its kind, for all under its gateway, or for the whole fleet.

import { useState } from 'react';
import { profileOf, profileSets } from '../../sim/fleet/profiles/index.ts';
import { type DeviceNode, nodeLabel } from '../../sim/fleet/topology.ts';
import { devicesInScope, type KindScope, setProfiles } from '../../store/fleet-changes.ts';
import type { AppliedChanges } from '../../store/undo.ts';
import { foglineStore, useFogline } from '../../store/use-fogline.ts';
import { formatCount, formatCounted } from '../format.ts';
import { changeNodes } from '../graph/fleet-actions.ts';
import { say } from '../graph/graph-view.ts';
import { ChoiceRow } from '../shared/choice-row.tsx';
import { UndoButton } from './undo-button.tsx';

const kinds = Object.values(profileSets).map(({ label, profiles }) => ({
  group: label,
  items: profiles.map((profile) => ({ value: profile.id, label: profile.label })),
}));

const help = 'Gives it the figures of another kind of device, from the next round on.';

/** Changes the kind of devices, or says why not. */
function changeKinds(ids: readonly string[], kind: string): AppliedChanges | null {
  const done = changeNodes(ids, setProfiles(foglineStore.getState().experiment, ids, kind));
  if (done && ids.length > 1) say(`${formatCounted(ids.length, 'device')} are ${profileOf(kind).label} now.`);
  return done;
}

export function KindChoice({ node }: { readonly node: DeviceNode }) {
  const topology = useFogline((state) => state.topology);
  const [scope, setScope] = useState<KindScope>('device');
  const [done, setDone] = useState<AppliedChanges | null>(null);
  const gateway = topology.byId.get(node.parent);
  const count = (each: KindScope) => formatCount(devicesInScope(topology, node, each).length);
  return (
    <>
      <ChoiceRow
        label="Kind"
        help={help}
        value={node.profile.id}
        options={kinds}
        onChange={(kind) => setDone(changeKinds(devicesInScope(topology, node, scope), kind))}
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
      <UndoButton done={done} onUndone={() => setDone(null)} />
    </>
  );
}

const MIXED = 'mixed';

interface KindOfAllProps {
  readonly devices: readonly DeviceNode[];
  readonly label: string;
  /** The select's name. */
  readonly name: string;
  readonly help: string;
  /** With what can be taken back. */
  readonly onChange: (done: AppliedChanges | null) => void;
}

/** The kind of several devices at once: a gateway's, or those that are selected. */
export function KindOfAll({ devices, label, name, help, onChange }: KindOfAllProps) {
  if (devices.length === 0) return null;
  const [first] = devices;
  const isOne = devices.every(({ profile }) => profile.id === first.profile.id);
  return (
    <ChoiceRow
      label={label}
      name={name}
      help={help}
      value={isOne ? first.profile.id : MIXED}
      options={isOne ? kinds : [{ value: MIXED, label: 'of several kinds' }, ...kinds]}
      onChange={(kind) => {
        if (kind === MIXED) return;
        onChange(
          changeKinds(
            devices.map(({ id }) => id),
            kind,
          ),
        );
      }}
    />
  );
}

/** On a gateway's card: the kind of all its devices. */
export function KindOfItsDevices({ gateway }: { readonly gateway: string }) {
  const topology = useFogline((state) => state.topology);
  const [done, setDone] = useState<AppliedChanges | null>(null);
  return (
    <>
      <KindOfAll
        devices={topology.devices.filter(({ parent }) => parent === gateway)}
        label="Devices"
        name="Kind of its devices"
        help="Gives all devices under it the figures of one kind, from the next round on."
        onChange={setDone}
      />
      <UndoButton done={done} onUndone={() => setDone(null)} />
    </>
  );
}
