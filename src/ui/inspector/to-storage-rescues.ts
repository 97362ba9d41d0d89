// What would make a device's storage hold what it must: fewer samples, a model that comes down and is stored in 8 bits, no error
// feedback, another model, or a narrower one. Each is computed by the formula that keeps the device out.

import { applyChanges, type Change } from '../../sim/experiment/edits.ts';
import { type Experiment, settings } from '../../sim/experiment/experiment.ts';
import {
  canStore,
  requiredStorage,
  type StoredData,
  samplesThatFit,
  storageInput,
  storageOf,
} from '../../sim/fleet/storage.ts';
import type { DeviceNode } from '../../sim/fleet/topology.ts';
import { type ModelKind, models } from '../../sim/model/models.ts';
import { setModel } from '../../store/fleet-changes.ts';
import { formatCount } from '../format.ts';
import { narrowerWidths, otherKinds, type Rescue, type Rescues, rescue } from './to-rescues.ts';

const rangeOf = (path: string): { readonly min: number; readonly step: number } => {
  const setting = settings.get(path);
  return setting?.kind === 'number' ? setting : { min: 0, step: 1 };
};

const SAMPLES = 'data.samplesPerDevice';

/** The most samples per device, among those that the setting offers, with which this device fits; 0 if none are few enough. */
function fewerSamples(experiment: Experiment, device: DeviceNode, kind: ModelKind, held: StoredData): number {
  const { min, step } = rangeOf(SAMPLES);
  const { samplesPerDevice } = experiment.data;
  // Where quantities differ it may hold more than the setting says, and would hold a like share of fewer.
  const share = Math.min(1, samplesPerDevice / Math.max(1, held.samples));
  const most = samplesThatFit(device.figures, storageInput(kind, experiment, held)) * share;
  const offered = Math.floor(most / step) * step;
  return offered >= min && offered < samplesPerDevice ? offered : 0;
}

/** What would make `kind` fit into the device's storage; nothing, if it fits. */
export function toStorageRescues(
  experiment: Experiment,
  device: DeviceNode,
  kind: ModelKind,
  held: StoredData,
): Rescues {
  if (canStore(device, kind, experiment, held)) return { rescues: [], lacking: 0 };
  const { compression, families } = experiment;
  const stored = storageInput(kind, experiment, held);
  const rescues: Rescue[] = [];
  const offer = (label: string, note: string, changes: readonly Change[], as = kind) => {
    if (canStore(device, as, applyChanges(experiment, changes), held)) rescues.push(rescue(label, note, changes));
  };
  const samples = fewerSamples(experiment, device, kind, held);
  if (samples > 0) {
    const changes = [{ path: SAMPLES, value: samples }];
    rescues.push(rescue(`${formatCount(samples)} samples`, 'or less, for all devices', changes));
  }
  const whole = compression.down.difference ? [{ path: 'compression.down.difference', value: false }] : [];
  const int8 = stored.bits > 8 ? [...whole, { path: 'compression.down.quantise', value: 'int8' }] : [];
  if (int8.length > 0) offer('Model in INT8', 'sent down and stored so, for all devices', int8);
  const forget = stored.errorFeedback ? [{ path: 'compression.device.feedback', value: false }] : [];
  if (forget.length > 0) offer('No error feedback', 'what the codec loses stays lost', forget);
  for (const other of otherKinds(experiment, kind)) {
    const isShared = families.assignment === 'one';
    const changes = isShared ? [{ path: 'model.kind', value: other }] : setModel(experiment, device.id, other);
    offer(models[other].label, isShared ? 'for all devices' : 'for this device', changes, other);
  }
  const before = rescues.length;
  for (const hidden of narrowerWidths(experiment, kind)) {
    if (rescues.length > before) break;
    offer(`${hidden} hidden units`, 'for all devices', [{ path: 'model.hidden', value: hidden }]);
  }
  if (rescues.length === 0) {
    const lean = applyChanges(experiment, [...int8, ...forget]);
    const few = fewerSamples(lean, device, kind, held);
    const words = [
      ...(int8.length > 0 ? ['model in INT8'] : []),
      ...(forget.length > 0 ? ['no error feedback'] : []),
      `${formatCount(few)} samples`,
    ];
    const label = words.join(' + ');
    if (few > 0 && words.length > 1)
      rescues.push(
        rescue(`${label[0].toUpperCase()}${label.slice(1)}`, 'together, for all devices', [
          ...int8,
          ...forget,
          { path: SAMPLES, value: few },
        ]),
      );
  }
  const least = requiredStorage(device.figures, { ...stored, samples: rangeOf(SAMPLES).min });
  return { rescues, lacking: Math.max(0, least - storageOf(device.figures)) };
}
