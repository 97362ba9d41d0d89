// A device in the graph: its battery as a ring, what it holds or has learnt inside, its name below. One that was absent, and
// the one that the round waited for, say so with a sign and in words. Its shape is its family of models.

import { Handle, type NodeProps, Position } from 'reactflow';
import { nodeLabel, numberOf } from '../../sim/fleet/topology.ts';
import { type ModelKind, models } from '../../sim/model/models.ts';
import { statusEntry } from '../../sim/record/statuses.ts';
import { selectedDevices } from '../../store/node-selection.ts';
import type { FoglineState } from '../../store/store.ts';
import { useFogline } from '../../store/use-fogline.ts';
import { isAbsence, signPlace } from './absence.ts';
import { AbsenceSign } from './absence-sign.tsx';
import { DeviceFace } from './device-face.tsx';
import { DeviceRing } from './device-ring.tsx';
import { type DeviceFlowNode, nameIdOf } from './graph-elements.ts';
import { useGraphView } from './graph-view.ts';
import { batteryPercent, classMix, familyOf, familyShape, selectLatest, selectStragglers } from './latest-record.ts';
import { type Presence, presenceOf } from './presence.ts';
import { StragglerSign } from './straggler-sign.tsx';
import './device-node.css';

const selectLabel = (state: FoglineState, id: string): string => {
  const node = state.topology.byId.get(id);
  return node ? nodeLabel(node) : '';
};

const selectMains = (state: FoglineState, id: string): boolean => {
  const node = state.topology.byId.get(id);
  return node?.tier === 'device' && node.figures.battery === 0;
};

interface Said {
  readonly label: string;
  readonly presence: Presence;
  readonly battery: string;
  readonly straggler: boolean;
  readonly isNew: boolean;
  readonly family: ModelKind | null;
  /** One of several that are selected. */
  readonly isChosen: boolean;
}

/** The node in words, for those who hear it. */
function inWords({ label, presence, battery, straggler, isNew, family, isChosen }: Said): string {
  const done =
    presence === 'waiting'
      ? isNew
        ? 'new, its data are dealt at the next round'
        : 'no round yet'
      : presence === 'returning'
        ? 'takes part again from the next round on'
        : statusEntry(presence).label;
  return [
    label,
    battery,
    ...(family ? [models[family].label] : []),
    done,
    ...(straggler ? ['the round waited for it'] : []),
    ...(isChosen ? ['selected'] : []),
  ].join(', ');
}

export function DeviceNode({ id, data: { size }, selected }: NodeProps<DeviceFlowNode>) {
  const number = numberOf(id);
  const label = useFogline((state) => selectLabel(state, id));
  const mains = useFogline((state) => selectMains(state, id));
  const presence = useFogline((state) => presenceOf(state, id));
  const family = useFogline((state) => familyOf(selectLatest(state), number));
  const percent = useFogline((state) => batteryPercent(selectLatest(state), number));
  const straggler = useFogline((state) => selectStragglers(state).has(id));
  const isChosen = useFogline((state) => selectedDevices(state).has(id));
  const isNew = useFogline((state) => state.partition !== null && classMix(state.partition, number).length === 0);

  const reason = isAbsence(presence) ? presence : null;
  const absence = reason && statusEntry(reason);
  const place = useGraphView((view) => reason && signPlace(reason, size.id, view.deviceFill));
  const shape = useFogline((state) => familyShape(selectLatest(state), number));
  const words = inWords({
    label,
    presence,
    battery: mains ? 'mains' : `battery ${percent} %`,
    straggler,
    isNew,
    family,
    isChosen,
  });
  const classes = [
    'device-node',
    `device-node-${size.id}`,
    `device-node-${shape}`,
    absence ? `device-node-absent-${absence.severity}` : '',
    selected || isChosen ? 'device-node-selected' : '',
    straggler ? 'device-node-straggler' : '',
  ];
  return (
    <div className={classes.join(' ')} title={absence ? `${words}. ${absence.help}` : words}>
      <DeviceRing percent={percent} mains={mains} shape={shape} />
      {place !== 'middle' && <DeviceFace number={number} mains={mains} />}
      {reason && place && <AbsenceSign reason={reason} place={place} />}
      {straggler && <StragglerSign />}
      <span className="device-node-label" aria-hidden="true">
        <span className="device-node-kind">{label.slice(0, label.lastIndexOf(' ') + 1)}</span>
        {number}
      </span>
      <span className="visually-hidden" id={nameIdOf(id)}>
        {words}
      </span>
      <Handle type="source" position={Position.Top} />
    </div>
  );
}
