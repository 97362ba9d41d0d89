// Three bars of a device: the memory that training takes of its RAM, what it has to store, and what is left in its battery.

import { batteryCapacity } from '../../sim/devices/battery.ts';
import { ramOf, trainingMemory } from '../../sim/devices/memory.ts';
import { storageNeed, storageOf } from '../../sim/devices/storage.ts';
import { trainedSpecOf } from '../../sim/round/model-specs.ts';
import { storedBy } from '../../sim/round/stored.ts';
import type { DeviceNode } from '../../sim/topology.ts';
import type { FoglineState } from '../../store/store.ts';
import { useFogline } from '../../store/use-fogline.ts';
import { formatJoules, formatShare } from '../format.ts';
import { formatMemory } from '../shared/format-memory.ts';
import { selectCharge, selectModelOf, useHeld } from './device-model.ts';
import { formatFigure } from './figure-format.ts';
import { specOf } from './figure-row.tsx';
import { Meter } from './meter.tsx';

/** Bytes that training takes with the model that the device has now. */
const selectNeed = (state: FoglineState, node: DeviceNode): number =>
  trainingMemory(trainedSpecOf(selectModelOf(state, node), state.experiment), state.experiment.training);

export function MemoryMeter({ node }: { node: DeviceNode }) {
  const need = useFogline((state) => selectNeed(state, node));
  const share = need / ramOf(node.figures);
  const ram = formatFigure(specOf(node, 'memory'), node.figures.memory);
  const fits = share <= 1;
  return (
    <Meter
      label="Memory"
      text={ram}
      share={share}
      tone={fits ? (share > 0.85 ? 'warn' : 'good') : 'bad'}
      help="Training memory (modelled): weights + gradients + activations × batch, 32-bit each. A model that does not fit is not trained."
      note={
        fits ? (
          `${formatMemory(need)} to train`
        ) : (
          <strong className="inspector-warning">✕ needs {formatMemory(need)}</strong>
        )
      }
    />
  );
}

export function StorageMeter({ node }: { node: DeviceNode }) {
  const held = useHeld(node);
  const kind = useFogline((state) => selectModelOf(state, node));
  const experiment = useFogline((state) => state.experiment);
  const need = storageNeed(node.figures, storedBy(kind, experiment, held));
  const capacity = storageOf(node.figures);
  const share = need / capacity;
  return (
    <Meter
      label="Storage"
      text={formatFigure(specOf(node, 'storage'), node.figures.storage)}
      share={share}
      tone={share <= 1 ? (share > 0.85 ? 'warn' : 'good') : 'bad'}
      help="Storage (modelled): firmware + model as stored + samples + what error feedback keeps. What does not fit does not take part."
      note={
        share <= 1 ? (
          `${formatMemory(need)} taken`
        ) : (
          <strong className="inspector-warning">✕ needs {formatMemory(need)}</strong>
        )
      }
    />
  );
}

/** A battery that has given anything never shows as full: with more digits near the top, and a sign at the very top. */
function formatCharge(share: number): string {
  if (share >= 1 || share <= 0.99) return formatShare(share);
  return share > 0.9999 ? '> 99.99 %' : formatShare(share, 2);
}

export function BatteryMeter({ node }: { node: DeviceNode }) {
  const share = useFogline((state) => selectCharge(state, node));
  const capacity = batteryCapacity(node.figures);
  if (!Number.isFinite(capacity)) {
    return (
      <Meter
        label="Battery"
        text="mains"
        share={1}
        tone="plain"
        help="Mains power: nothing drains."
        note="never empty"
      />
    );
  }
  return (
    <Meter
      label="Battery"
      text={formatCharge(share)}
      share={share}
      tone={share > 0.25 ? 'good' : share > 0.1 ? 'warn' : 'bad'}
      help={`Left (modelled), of ${formatJoules(capacity)}: mAh × 3.6 × V × 0.85, the usable share.`}
      note={`${formatJoules(share * capacity)} left`}
    />
  );
}
