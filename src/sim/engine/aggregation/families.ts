// Families: devices that share an architecture. Each is averaged apart; the cloud keeps them in step by distillation on public
// unlabelled samples, with all families together as the teacher (Hinton, Vinyals & Dean 2015; FedDF: Lin et al., "Ensemble
// Distillation for Robust Model Fusion in Federated Learning", NeurIPS 2020).

import { type LabelledData, sampleCount } from '../../data/dataset.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import { macRateOf } from '../../fleet/compute.ts';
import { memoryOptionsOf, ramOf, trainingMemory } from '../../fleet/memory.ts';
import { canStore, type StoredData } from '../../fleet/storage.ts';
import type { DeviceNode, Topology } from '../../fleet/topology.ts';
import type { Mask } from '../../model/masks.ts';
import { trainedSpecOf } from '../../model/model-specs.ts';
import type { ModelKind, ModelSpec } from '../../model/models.ts';
import type { Rng } from '../../random.ts';
import type { LocalTrainer } from '../../trainer.ts';
import { isUsable } from '../messages/encoding.ts';

/** What distillation reads and writes of a family. */
export interface Student {
  readonly kind: ModelKind;
  readonly model: ModelSpec;
  weights: Float32Array;
  /** What pruning has left of the model; all, if undefined. */
  readonly mask: Mask | undefined;
  /** Its new weights were not finite, and were discarded. */
  diverged: boolean;
}

/**
 * Which model a device takes: by hand, else the large one where it fits the memory and the storage, and the processor and the battery
 * allow it, else the small one (which may not fit either: then the device sits out).
 * @param battery share of its charge left
 * @param held what it stores besides
 */
export function modelFor(device: DeviceNode, battery: number, experiment: Experiment, held: StoredData): ModelKind {
  const { families, fleet, model } = experiment;
  if (families.assignment === 'one') return model.kind;
  const byHand = fleet.models[device.id];
  if (byHand) return byHand;
  const isTrainable =
    trainingMemory(trainedSpecOf(families.large, experiment), memoryOptionsOf(experiment)) <= ramOf(device.figures);
  const fits = isTrainable && canStore(device, families.large, experiment, held);
  const isFast = macRateOf(device.figures) >= families.cpuFloor * 1e6;
  const isCharged = device.figures.battery === 0 || battery >= families.batteryFloor;
  return fits && isFast && isCharged ? families.large : families.small;
}

/** Every device's model this round, by id. */
export const assignModels = (
  topology: Topology,
  charge: ReadonlyMap<string, number>,
  experiment: Experiment,
  data: ReadonlyMap<number, LabelledData>,
  round: number,
): ReadonlyMap<string, ModelKind> =>
  new Map(
    topology.devices.map((device) => {
      const held = data.get(device.number);
      return [
        device.id,
        modelFor(device, charge.get(device.id) ?? experiment.power.batteryStart, experiment, {
          samples: held ? sampleCount(held) : 0,
          round,
        }),
      ];
    }),
  );

/**
 * The cloud accepts a new model if its weights are finite. A step that has diverged (a codec that scales up, a server rate too large) is
 * discarded: the model stays, the record says so, and the run goes on.
 */
export function acceptIfFinite(family: Pick<Student, 'weights' | 'diverged'>, weights: Float32Array): boolean {
  const isSound = isUsable(weights);
  if (isSound) family.weights = weights;
  else family.diverged = true;
  return isSound;
}

const BATCH = 32;
const isProbable = (rows: Float32Array): boolean => rows.every((value) => Number.isFinite(value));

/** Every family learns from all together; returns each one's distillation loss, in the order of the families. */
export async function distilFamilies(
  families: readonly Student[],
  features: Float32Array,
  experiment: Experiment,
  trainer: LocalTrainer,
  rng: Rng,
): Promise<readonly number[]> {
  const { temperature, weight, epochs } = experiment.families;
  const answers: Float32Array[] = [];
  for (const { model, weights } of families) answers.push(await trainer.predict(model, weights, features, temperature));
  // A family that has diverged has nothing to teach.
  const sound = answers.filter(isProbable);
  const ensemble = answers[0].map((_, i) => sound.reduce((sum, own) => sum + own[i], 0) / sound.length);
  const losses: number[] = [];
  for (const [index, family] of families.entries()) {
    if (!isProbable(answers[index])) {
      family.diverged = true;
      losses.push(Number.NaN);
      continue;
    }
    const teacher = answers[index].map((own, i) => (1 - weight) * own + weight * ensemble[i]);
    const { weights, loss } = await trainer.distil({
      model: family.model,
      start: family.weights,
      features,
      teacher,
      temperature,
      learningRate: experiment.training.learningRate,
      batchSize: BATCH,
      epochs,
      mask: family.mask,
      rng: rng.split(family.kind),
    });
    losses.push(acceptIfFinite(family, weights) ? loss : Number.NaN);
  }
  return losses;
}
