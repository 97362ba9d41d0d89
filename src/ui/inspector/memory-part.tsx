// What training takes of a device's RAM, part by part; and where it does not fit, what would make it fit, each one click.

import { Button } from '@mantine/core';
import { useMemo } from 'react';
import { memoryParts, ramOf } from '../../sim/devices/memory.ts';
import type { ModelKind } from '../../sim/models.ts';
import { trainedSpecOf } from '../../sim/round/families.ts';
import type { DeviceNode } from '../../sim/topology.ts';
import { foglineStore, useFogline } from '../../store/use-fogline.ts';
import { RestartMark } from '../shared/restart-mark.tsx';
import { selectModelOf } from './device-model.ts';
import { Part } from './part.tsx';
import { type Rescue, toRescues } from './to-rescues.ts';
import './memory-bar.css';
import { formatMemory } from '../shared/format-memory.ts';

interface MemoryPartProps {
  readonly node: DeviceNode;
  /** Everything; else only what would help, where the model does not fit. */
  readonly full: boolean;
}

const names = { weights: 'weights', gradients: 'gradients', activations: 'activations' } as const;
type PartName = keyof typeof names;
const partNames = Object.keys(names) as PartName[];

export function MemoryPart({ node, full }: MemoryPartProps) {
  const kind = useFogline((state) => selectModelOf(state, node));
  const experiment = useFogline((state) => state.experiment);
  const spec = trainedSpecOf(kind, experiment);
  const { batchSize, checkpointing } = experiment.training;
  const parts = memoryParts(spec, { batchSize, checkpointing });
  const need = parts.weights + parts.gradients + parts.activations;
  const ram = ramOf(node.figures);
  if (!full) return need <= ram ? null : <RescueList node={node} kind={kind} brief />;
  const scale = Math.max(need, ram);
  const detail = {
    weights: '',
    gradients: '',
    activations: `, batch of ${batchSize}${checkpointing ? ', checkpointed' : ''}`,
  };
  return (
    <Part
      title="Training memory"
      aside={
        <>
          {spec.label} · <strong>{formatMemory(need)}</strong> of {formatMemory(ram)}
        </>
      }
    >
      <div className="memory-bar" title="Modelled: weights + gradients + activations × batch, 32-bit each.">
        <div className="memory-bar-track" aria-hidden="true">
          {partNames.map((part) => (
            <span
              key={part}
              className={`memory-bar-part memory-${part}`}
              style={{ width: `${(100 * parts[part]) / scale}%` }}
            />
          ))}
          {need > ram && <span className="memory-bar-end" style={{ left: `${(100 * ram) / scale}%` }} />}
        </div>
        <ul className="memory-bar-key">
          {partNames.map((part) => (
            <li key={part}>
              <span className={`memory-bar-swatch memory-${part}`} />
              {names[part]}
              {detail[part]} <span className="number">{formatMemory(parts[part])}</span>
            </li>
          ))}
        </ul>
      </div>
      {need > ram && <RescueList node={node} kind={kind} />}
    </Part>
  );
}

interface RescueListProps {
  readonly node: DeviceNode;
  readonly kind: ModelKind;
  /** In one line, as far as it goes. */
  readonly brief?: boolean;
}

function RescueList({ node, kind, brief = false }: RescueListProps) {
  const experiment = useFogline((state) => state.experiment);
  const { rescues, lacking } = useMemo(() => toRescues(experiment, node, kind), [experiment, node, kind]);
  return (
    <div className="rescues">
      {lacking > 0 && (
        <p className="rescues-lead">
          <strong className="inspector-warning">No batch fits:</strong> even one sample needs {formatMemory(lacking)}{' '}
          more.
        </p>
      )}
      {rescues.length > 0 && (
        <>
          <p className="rescues-lead">{lacking > 0 ? 'It would fit with:' : 'It fits with:'}</p>
          <ul className="rescues-list" data-brief={brief || undefined}>
            {rescues.map((rescue) => (
              <RescueLine key={rescue.label} rescue={rescue} brief={brief} />
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

interface RescueLineProps {
  readonly rescue: Rescue;
  readonly brief: boolean;
}

function RescueLine({ rescue: { label, note, changes, restarts }, brief }: RescueLineProps) {
  return (
    <li className="rescues-one">
      <Button variant="default" size="compact-xs" title={note} onClick={() => foglineStore.getState().change(changes)}>
        {label}
      </Button>
      {!brief && <span className="rescues-note">{note}</span>}
      <RestartMark live={!restarts} />
    </li>
  );
}
