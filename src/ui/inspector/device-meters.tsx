// Three bars of a device: the memory that training takes of its RAM, what it has to store, and what is left in its battery.

import { batteryCapacity } from '../../sim/fleet/battery.ts';
import { memoryOptionsOf, ramOf, trainingMemory } from '../../sim/fleet/memory.ts';
import { requiredStorage, storageInput, storageOf } from '../../sim/fleet/storage.ts';
import type { DeviceNode } from '../../sim/fleet/topology.ts';
import { trainedSpecOf } from '../../sim/model/model-specs.ts';
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
  trainingMemory(trainedSpecOf(selectModelOf(state, node), state.experiment), memoryOptionsOf(state.experiment));

interface NeedMeterProps {
  readonly label: string;
  /** The capacity as its figure is written. */
  readonly text: string;
  /** Bytes. */
  readonly need: number;
  readonly capacity: number;
  /** What the need is for, after its bytes: 'to train'. */
  readonly use: string;
  readonly help: string;
}

/** How much of a capacity is needed; in the warning colour from here on. */
const NEARLY_FULL = 0.85;

function NeedMeter({ label, text, need, capacity, use, help }: NeedMeterProps) {
  const share = need / capacity;
  const fits = share <= 1;
  return (
    <Meter
      label={label}
      text={text}
      share={share}
      tone={fits ? (share > NEARLY_FULL ? 'warn' : 'good') : 'bad'}
      help={help}
      note={
        fits ? (
          `${formatMemory(need)} ${use}`
        ) : (
          <strong className="inspector-warning">✕ needs {formatMemory(need)}</strong>
        )
      }
    />
  );
}

export function MemoryMeter({ node }: { node: DeviceNode }) {
  const need = useFogline((state) => selectNeed(state, node));
  return (
    <NeedMeter
      label="Memory"
      text={formatFigure(specOf(node, 'memory'), node.figures.memory)}
      need={need}
      capacity={ramOf(node.figures)}
      use="to train"
      help="Training memory (modelled): weights + gradients + the local optimiser’s and the strategy’s state + activations × batch, 32-bit each. A model that does not fit is not trained."
    />
  );
}

export function StorageMeter({ node }: { node: DeviceNode }) {
  const held = useHeld(node);
  const kind = useFogline((state) => selectModelOf(state, node));
  const experiment = useFogline((state) => state.experiment);
  return (
    <NeedMeter
      label="Storage"
      text={formatFigure(specOf(node, 'storage'), node.figures.storage)}
      need={requiredStorage(node.figures, storageInput(kind, experiment, held))}
      capacity={storageOf(node.figures)}
      use="taken"
      help="Storage (modelled): firmware + model as stored + samples + what error feedback keeps. What does not fit does not take part."
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
