// What would make a model fit a device that it does not fit: a smaller batch, gradient checkpointing, the other model, or a
// narrower one. Each is computed by the same formula that keeps the device from training, and can be applied with one click.

import { areLive, type Change } from '../../sim/experiment/edits.ts';
import { type Experiment, settings } from '../../sim/experiment/experiment.ts';
import { trainingMacs } from '../../sim/fleet/compute.ts';
import { largestBatch, type MemoryOptions, ramOf, trainingMemory } from '../../sim/fleet/memory.ts';
import type { DeviceNode } from '../../sim/fleet/topology.ts';
import { trainedSpecOf } from '../../sim/model/model-specs.ts';
import { type ModelKind, type ModelSpec, modelKinds, tinyMlp } from '../../sim/model/models.ts';
import { setModel } from '../../store/fleet-changes.ts';

export interface Rescue {
  /** What to do: the button's words. */
  readonly label: string;
  /** What it costs, or whom it also touches. */
  readonly note: string;
  readonly changes: readonly Change[];
  /** Whether the change starts the run again. */
  readonly restarts: boolean;
}

export interface Rescues {
  readonly rescues: readonly Rescue[];
  /** Bytes that even a batch of one lacks, with the model as it is; 0 if some batch fits. */
  readonly lacking: number;
}

export const rescue = (label: string, note: string, changes: readonly Change[]): Rescue => ({
  label,
  note,
  changes,
  restarts: !areLive(changes),
});

/** Checkpointing’s price in computing: the formula's own ratio, in per cent. */
const checkpointingPrice = ({ forwardMacs }: ModelSpec): string => {
  const extra = trainingMacs(forwardMacs, 1, 1, true) / trainingMacs(forwardMacs, 1, 1) - 1;
  return `+${Math.round(100 * extra)} % computing`;
};

const checkpoint: Change = { path: 'training.checkpointing', value: true };
const batchOf = (value: number): Change => ({ path: 'training.batchSize', value });

/** The widest TinyMLP that fits, among the widths that the setting offers; 0 if none does. */
function widestHidden({ model }: Experiment, ram: number, options: MemoryOptions): number {
  const setting = settings.get('model.hidden');
  if (setting?.kind !== 'number') return 0;
  for (let hidden = model.hidden - setting.step; hidden >= setting.min; hidden -= setting.step) {
    if (trainingMemory(tinyMlp(hidden), options) <= ram) return hidden;
  }
  return 0;
}

/** What would make `kind` train on the device; nothing, if it fits. */
export function toRescues(experiment: Experiment, device: DeviceNode, kind: ModelKind): Rescues {
  const { training, families } = experiment;
  const ram = ramOf(device.figures);
  const spec = trainedSpecOf(kind, experiment);
  const fits = (model: ModelSpec, options: MemoryOptions) => trainingMemory(model, options) <= ram;
  if (fits(spec, training)) return { rescues: [], lacking: 0 };

  const rescues: Rescue[] = [];
  const batch = largestBatch(spec, ram, training);
  const sparse = largestBatch(spec, ram, { ...training, checkpointing: true });
  if (batch > 0) rescues.push(rescue(`Batch of ${batch}`, 'or less, for all devices', [batchOf(batch)]));
  if (!training.checkpointing && sparse >= training.batchSize) {
    rescues.push(rescue('Gradient checkpointing', checkpointingPrice(spec), [checkpoint]));
  } else if (batch === 0 && sparse > 0) {
    rescues.push(
      rescue(`Checkpointing and a batch of ${sparse}`, checkpointingPrice(spec), [checkpoint, batchOf(sparse)]),
    );
  }
  const other = modelKinds.find((each) => each !== kind);
  const otherSpec = other && trainedSpecOf(other, experiment);
  if (otherSpec && fits(otherSpec, training)) {
    const isShared = families.assignment === 'one';
    const changes = isShared ? [{ path: 'model.kind', value: other }] : setModel(experiment, device.id, other);
    rescues.push(rescue(otherSpec.label, isShared ? 'for all devices' : 'for this device', changes));
  }
  const hidden = kind === 'tiny-mlp' ? widestHidden(experiment, ram, training) : 0;
  if (hidden > 0) {
    rescues.push(rescue(`${hidden} hidden units`, 'for all devices', [{ path: 'model.hidden', value: hidden }]));
  }
  const least = Math.min(
    trainingMemory(spec, { ...training, batchSize: 1, checkpointing: false }),
    trainingMemory(spec, { ...training, batchSize: 1, checkpointing: true }),
  );
  return { rescues, lacking: Math.max(0, least - ram) };
}
