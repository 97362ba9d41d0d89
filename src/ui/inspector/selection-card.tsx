// The card of several selected devices: of which kinds they are, and what can be done to all of them, each as one change.

import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { DeviceNode } from '../../sim/fleet/topology.ts';
import { setSwitchedOn } from '../../store/fleet-changes.ts';
import { selectedDevices } from '../../store/node-selection.ts';
import type { AppliedChanges } from '../../store/undo.ts';
import { foglineStore, useFogline } from '../../store/use-fogline.ts';
import { formatCount, formatCounted } from '../format.ts';
import { changeNodes, fromWhen, removeAll } from '../graph/fleet-actions.ts';
import { say } from '../graph/graph-view.ts';
import { FigureForAll } from './figure-for-all.tsx';
import { KindOfAll } from './kind-choice.tsx';
import { kindCounts } from './kind-counts.ts';
import { UndoButton } from './undo-button.tsx';
import './selection-card.css';

export function SelectionCard({ full }: { readonly full: boolean }) {
  const topology = useFogline((state) => state.topology);
  const selected = useFogline(selectedDevices);
  const [done, setDone] = useState<AppliedChanges | null>(null);
  const devices = useMemo(() => topology.devices.filter(({ id }) => selected.has(id)), [topology, selected]);
  return (
    <>
      <Kinds devices={devices} />
      <div className="inspector-choices">
        <KindOfAll
          devices={devices}
          label="Kind"
          name="Kind of the selected devices"
          help="Gives all of them the figures of one kind, from the next round on. Figures that were edited by hand are forgotten with the old kind."
          onChange={setDone}
        />
      </div>
      {full && <FigureForAll devices={devices} onChange={setDone} />}
      <Actions devices={devices} onChange={setDone} />
      <UndoButton done={done} onUndone={() => setDone(null)} />
    </>
  );
}

function Kinds({ devices }: { readonly devices: readonly DeviceNode[] }) {
  const kinds = useMemo(() => kindCounts(devices), [devices]);
  return (
    <ul className="selection-kinds" aria-label="Kinds of the selected devices">
      {kinds.map(({ profile, count }) => (
        <li key={profile.id} title={profile.label}>
          <b className="number">{formatCount(count)}</b> {profile.short}
        </li>
      ))}
    </ul>
  );
}

interface ActionsProps {
  readonly devices: readonly DeviceNode[];
  readonly onChange: (done: AppliedChanges | null) => void;
}

function Actions({ devices, onChange }: ActionsProps) {
  const off = useFogline((state) => state.experiment.fleet.off);
  const ids = useMemo(() => devices.map(({ id }) => id), [devices]);
  const count = useMemo(() => {
    const switched = new Set(off);
    return ids.filter((id) => switched.has(id)).length;
  }, [off, ids]);
  const flip = (on: boolean) => {
    const done = changeNodes(ids, setSwitchedOn(foglineStore.getState().experiment, ids, on));
    if (done) say(`${formatCounted(ids.length, 'device')} are switched ${on ? 'on' : 'off'}${fromWhen()}.`);
    onChange(done);
  };
  return (
    <div className="inspector-actions">
      <Button
        variant="default"
        size="compact-xs"
        disabled={count === ids.length}
        title={count === ids.length ? 'All of them are switched off already' : 'The rounds go on without them'}
        onClick={() => flip(false)}
      >
        Switch off
      </Button>
      <Button
        variant="default"
        size="compact-xs"
        disabled={count === 0}
        title={count === 0 ? 'All of them are switched on already' : 'They take part again'}
        onClick={() => flip(true)}
      >
        Switch on
      </Button>
      {count > 0 && <span className="selection-off">{formatCount(count)} off</span>}
      <Button
        variant="default"
        size="compact-xs"
        className="inspector-remove"
        title="Takes all of them out of the network from the next round on (Delete)"
        onClick={() => removeAll(ids)}
      >
        Remove
      </Button>
    </div>
  );
}
