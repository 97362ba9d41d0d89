// A gateway, a fog or the cloud in the graph: a box with its name, what came in, and a button that hangs a new node below.

import type { KeyboardEvent, MouseEvent } from 'react';
import { Handle, type NodeProps, Position } from 'reactflow';
import { nodeLabel, tierOf } from '../../sim/fleet/topology.ts';
import { useFogline } from '../../store/use-fogline.ts';
import { AbsenceSign } from './absence-sign.tsx';
import { addBelow } from './fleet-actions.ts';
import { nameIdOf, type UpperFlowNode } from './graph-elements.ts';
import { useGraphView } from './graph-view.ts';
import { usePausedInstant } from './paused-instant.ts';
import { isSwitchedOff } from './presence.ts';
import { selectUpperLine } from './upper-line.ts';
import './upper-node.css';

export function UpperNode({ id, data, selected }: NodeProps<UpperFlowNode>) {
  const tier = tierOf(id);
  const label = useFogline((state) => {
    const node = state.topology.byId.get(id);
    return node ? nodeLabel(node) : '';
  });
  const isDot = data.size.id === 'dot';
  const isTiny = isDot || data.size.id === 'tiny';
  const instant = usePausedInstant();
  const line = useFogline((state) => selectUpperLine(state, id, data.size.id, instant));
  // Short where the box is small; said in full.
  const words = useFogline((state) => selectUpperLine(state, id, 'unbounded', instant));
  const isOff = useFogline((state) => isSwitchedOff(state, id));
  const isTarget = useGraphView((view) => view.dropTarget === id);
  const classes = [
    'upper-node',
    `upper-node-${tier}`,
    `upper-node-${data.size.id}`,
    isDot ? 'upper-node-tiny' : '',
    selected ? 'upper-node-selected' : '',
    isTarget ? 'upper-node-target' : '',
    isOff ? 'upper-node-off' : '',
  ];
  return (
    <div className={classes.join(' ')} title={`${label}: ${isOff ? 'switched off by hand' : words}`}>
      <span className="upper-node-name" aria-hidden="true">
        {isDot ? label.slice(label.lastIndexOf(' ') + 1) : isTiny ? initials(label) : label}
      </span>
      <span className="upper-node-line number" aria-hidden="true">
        {isTarget ? (isTiny ? 'here' : 'let go to move here') : isOff ? (isTiny ? 'off' : 'switched off') : line}
      </span>
      {isOff && <PowerSign />}
      <span className="visually-hidden" id={nameIdOf(id)}>
        {label}, {isOff && 'switched off, '}
        {words}
      </span>
      {(tier === 'gateway' || tier === 'fog') && (
        <AddButton parent={id} label={`Add a ${tier === 'gateway' ? 'device' : 'gateway'} to ${label}`} />
      )}
      {tier !== 'cloud' && <Handle type="source" position={Position.Top} />}
      <Handle type="target" position={Position.Bottom} />
    </div>
  );
}

function PowerSign() {
  return (
    <span className="upper-node-sign">
      <AbsenceSign reason="switched off" place="middle" />
    </span>
  );
}

/** 'GW 12': the tier's name stands at the edge, and the whole name in the title. */
const initials = (label: string): string => label.replace('Gateway', 'GW');

/** What happens on the button stays there: the box below it is not selected or dragged too. */
const keepHere = (event: MouseEvent | KeyboardEvent) => event.stopPropagation();

function AddButton({ parent, label }: { parent: string; label: string }) {
  return (
    <button
      type="button"
      className="upper-node-add nodrag nopan"
      aria-label={label}
      title={label}
      onKeyDown={(event) => {
        if (event.key === 'Enter' || event.key === ' ') keepHere(event);
      }}
      onClick={(event) => {
        keepHere(event);
        addBelow(parent);
      }}
    >
      <svg viewBox="0 0 12 12" aria-hidden="true">
        <path d="M6 2v8M2 6h8" />
      </svg>
    </button>
  );
}
