// What training takes of a device's RAM, part by part; and where it does not fit, what would make it fit, each one click.

import { useMemo } from 'react';
import { memoryOptionsOf, memoryParts, ramOf } from '../../sim/fleet/memory.ts';
import type { DeviceNode } from '../../sim/fleet/topology.ts';
import { trainedSpecOf } from '../../sim/model/model-specs.ts';
import type { ModelKind } from '../../sim/model/models.ts';
import { optimisers } from '../../sim/optimisers/index.ts';
import { strategyOf } from '../../sim/strategies/index.ts';
import { useFogline } from '../../store/use-fogline.ts';
import { formatMemory } from '../shared/format-memory.ts';
import { selectModelOf } from './device-model.ts';
import { Part } from './part.tsx';
import { PartsBar } from './parts-bar.tsx';
import { RescueList } from './rescue-list.tsx';
import { toRescues } from './to-rescues.ts';

interface MemoryPartProps {
  readonly node: DeviceNode;
  /** Everything; else only what would help, where the model does not fit. */
  readonly full: boolean;
}

export function MemoryPart({ node, full }: MemoryPartProps) {
  const kind = useFogline((state) => selectModelOf(state, node));
  const experiment = useFogline((state) => state.experiment);
  const spec = trainedSpecOf(kind, experiment);
  const { batchSize, checkpointing } = experiment.training;
  const optimiserName = `${optimisers[experiment.training.optimiser].label}’s state`;
  const { weights, gradients, optimiser, strategy, activations } = memoryParts(spec, memoryOptionsOf(experiment));
  const need = weights + gradients + optimiser + strategy + activations;
  const ram = ramOf(node.figures);
  if (!full) return need <= ram ? null : <MemoryRescues node={node} kind={kind} brief />;
  return (
    <Part
      title="Training memory"
      aside={
        <>
          {spec.label} · <strong>{formatMemory(need)}</strong> of {formatMemory(ram)}
        </>
      }
    >
      <PartsBar
        parts={[
          { name: 'weights', bytes: weights, shade: 'memory-weights' },
          { name: 'gradients', bytes: gradients, shade: 'memory-gradients' },
          ...(optimiser > 0 ? [{ name: optimiserName, bytes: optimiser, shade: 'memory-optimiser' }] : []),
          ...(strategy > 0 ? [{ name: strategyOf(experiment).label, bytes: strategy, shade: 'memory-strategy' }] : []),
          {
            name: 'activations',
            detail: `, batch of ${batchSize}${checkpointing ? ', checkpointed' : ''}`,
            bytes: activations,
            shade: 'memory-activations',
          },
        ]}
        capacity={ram}
        help="Modelled: weights + gradients + what the local optimiser keeps (momentum a velocity, Adam two means) + what the strategy’s devices keep (FedProx the start, SCAFFOLD two control variates) + activations × batch, 32-bit each."
      />
      {need > ram && <MemoryRescues node={node} kind={kind} />}
    </Part>
  );
}

interface MemoryRescuesProps {
  readonly node: DeviceNode;
  readonly kind: ModelKind;
  readonly brief?: boolean;
}

const short = { what: 'No batch fits:', why: 'even one sample needs' };

function MemoryRescues({ node, kind, brief }: MemoryRescuesProps) {
  const experiment = useFogline((state) => state.experiment);
  const found = useMemo(() => toRescues(experiment, node, kind), [experiment, node, kind]);
  return <RescueList {...found} short={short} brief={brief} />;
}
