// What takes a device's storage, part by part; and where it does not fit, what would make it fit, each one click.

import { useMemo } from 'react';
import { storageInput, storageOf, storageParts } from '../../sim/fleet/storage.ts';
import type { DeviceNode } from '../../sim/fleet/topology.ts';
import type { ModelKind } from '../../sim/model/models.ts';
import { strategyOf } from '../../sim/strategies/index.ts';
import { useFogline } from '../../store/use-fogline.ts';
import { formatCount } from '../format.ts';
import { formatMemory } from '../shared/format-memory.ts';
import { selectModelOf, useHeld } from './device-model.ts';
import { Part } from './part.tsx';
import { type BarPart, PartsBar } from './parts-bar.tsx';
import { RescueList } from './rescue-list.tsx';
import { toStorageRescues } from './to-storage-rescues.ts';

interface StoragePartProps {
  readonly node: DeviceNode;
  /** Everything; else only what would help, where it does not fit. */
  readonly full: boolean;
}

const help =
  'Modelled: firmware + the model in the bits in which it came down + samples of 32 bits a feature and a byte for the label + what error feedback, the optimiser and the strategy keep from round to round, 32 bits a weight.';

export function StoragePart({ node, full }: StoragePartProps) {
  const kind = useFogline((state) => selectModelOf(state, node));
  const experiment = useFogline((state) => state.experiment);
  const held = useHeld(node);
  const stored = storageInput(kind, experiment, held);
  const parts = storageParts(node.figures, stored);
  const need = Object.values(parts).reduce((sum, each) => sum + each, 0);
  const capacity = storageOf(node.figures);
  if (!full) return need <= capacity ? null : <StorageRescues node={node} kind={kind} brief />;
  const shown: readonly BarPart[] = [
    { name: 'firmware', bytes: parts.firmware, shade: 'storage-firmware' },
    {
      name: 'model',
      detail: `, ${formatCount(Math.ceil(stored.bits))} bit`,
      bytes: parts.model,
      shade: 'storage-model',
    },
    { name: 'samples', detail: `, ${formatCount(held.samples)}`, bytes: parts.samples, shade: 'storage-samples' },
    { name: 'error feedback', bytes: parts.feedback, shade: 'storage-feedback' },
    { name: 'optimiser', bytes: parts.optimiser, shade: 'storage-optimiser' },
    { name: strategyOf(experiment).label, bytes: parts.strategy, shade: 'storage-strategy' },
  ];
  return (
    <Part
      title="Storage"
      aside={
        <>
          <strong>{formatMemory(need)}</strong> of {formatMemory(capacity)}
        </>
      }
    >
      <PartsBar parts={shown.filter(({ bytes }) => bytes > 0)} capacity={capacity} help={help} />
      {need > capacity && <StorageRescues node={node} kind={kind} />}
    </Part>
  );
}

interface StorageRescuesProps {
  readonly node: DeviceNode;
  readonly kind: ModelKind;
  readonly brief?: boolean;
}

const short = { what: 'Too little storage:', why: 'with the fewest samples it needs' };

function StorageRescues({ node, kind, brief }: StorageRescuesProps) {
  const experiment = useFogline((state) => state.experiment);
  const held = useHeld(node);
  const found = useMemo(() => toStorageRescues(experiment, node, kind, held), [experiment, node, kind, held]);
  return <RescueList {...found} short={short} brief={brief} />;
}
