// What would make a model fit a device that it does not fit: a smaller batch, gradient checkpointing, another model, or a
// narrower one. Each is computed by the same formula that keeps the device from training, and can be applied with one click.

import { taskOf } from '../../sim/data/datasets/index.ts';
import { applyChanges, areLive, type Change } from '../../sim/experiment/edits.ts';
import { type Experiment, settings } from '../../sim/experiment/experiment.ts';
import { trainingMacs } from '../../sim/fleet/compute.ts';
import { largestBatch, type MemoryOptions, memoryOptionsOf, ramOf, trainingMemory } from '../../sim/fleet/memory.ts';
import type { DeviceNode } from '../../sim/fleet/topology.ts';
import { familyKindsOf, trainedSpecOf } from '../../sim/model/model-specs.ts';
import { type ModelKind, type ModelSpec, modelKindsFor, models } from '../../sim/model/models.ts';
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

/** The other models that a device can take: those of the families, or where all devices train one, any that suits the data set. */
export function otherKinds(experiment: Experiment, kind: ModelKind): readonly ModelKind[] {
  const { families, data } = experiment;
  const kinds = families.assignment === 'one' ? modelKindsFor(taskOf(data)) : familyKindsOf(families);
  return kinds.filter((each) => each !== kind);
}

/** Widths of the hidden layers below the present one, the widest first; none where the model has no such setting. */
export function narrowerWidths({ model }: Experiment, kind: ModelKind): readonly number[] {
  const setting = settings.get('model.hidden');
  if (setting?.kind !== 'number' || !('hidden' in models[kind].settings)) return [];
  const { min, step } = setting;
  return Array.from({ length: Math.max(0, Math.ceil((model.hidden - min) / step)) }, (_, index) =>
    Math.max(min, model.hidden - (index + 1) * step),
  );
}

/** What would make `kind` train on the device; nothing, if it fits. */
export function toRescues(experiment: Experiment, device: DeviceNode, kind: ModelKind): Rescues {
  const { training, families } = experiment;
  const options = memoryOptionsOf(experiment);
  const ram = ramOf(device.figures);
  const spec = trainedSpecOf(kind, experiment);
  const fits = (model: ModelSpec, own: MemoryOptions) => trainingMemory(model, own) <= ram;
  if (fits(spec, options)) return { rescues: [], lacking: 0 };

  const rescues: Rescue[] = [];
  const batch = largestBatch(spec, ram, options);
  const sparse = largestBatch(spec, ram, { ...options, checkpointing: true });
  if (batch > 0) rescues.push(rescue(`Batch of ${batch}`, 'or less, for all devices', [batchOf(batch)]));
  if (!training.checkpointing && sparse >= training.batchSize) {
    rescues.push(rescue('Gradient checkpointing', checkpointingPrice(spec), [checkpoint]));
  } else if (batch === 0 && sparse > 0) {
    rescues.push(
      rescue(`Checkpointing and a batch of ${sparse}`, checkpointingPrice(spec), [checkpoint, batchOf(sparse)]),
    );
  }
  for (const other of otherKinds(experiment, kind)) {
    const otherSpec = trainedSpecOf(other, experiment);
    if (!fits(otherSpec, options)) continue;
    const isShared = families.assignment === 'one';
    const changes = isShared ? [{ path: 'model.kind', value: other }] : setModel(experiment, device.id, other);
    rescues.push(rescue(otherSpec.label, isShared ? 'for all devices' : 'for this device', changes));
  }
  const hidden = narrowerWidths(experiment, kind).find((width) =>
    fits(trainedSpecOf(kind, applyChanges(experiment, [{ path: 'model.hidden', value: width }])), options),
  );
  if (hidden !== undefined) {
    rescues.push(rescue(`${hidden} hidden units`, 'for all devices', [{ path: 'model.hidden', value: hidden }]));
  }
  const least = Math.min(
    trainingMemory(spec, { ...options, batchSize: 1, checkpointing: false }),
    trainingMemory(spec, { ...options, batchSize: 1, checkpointing: true }),
  );
  return { rescues, lacking: Math.max(0, least - ram) };
}
