// The families of models in figures: how many devices take each as things are now, and what each had reached in the last round.

import { modelFor } from '../../sim/engine/aggregation/families.ts';
import type { Experiment } from '../../sim/experiment/experiment.ts';
import { memoryOptionsOf, ramOf, trainingMemory } from '../../sim/fleet/memory.ts';
import { canStore } from '../../sim/fleet/storage.ts';
import type { Topology } from '../../sim/fleet/topology.ts';
import { familyKindsOf, modelSpecOf, trainedSpecOf } from '../../sim/model/model-specs.ts';
import type { ModelKind } from '../../sim/model/models.ts';
import { rowOf } from '../../sim/record/columns.ts';
import type { RoundRecord } from '../../sim/record/record.ts';

export interface FamilyFigures {
  readonly kind: ModelKind;
  readonly label: string;
  readonly devices: number;
  /** Of these, given by hand. */
  readonly byHand: number;
  /** Of these, with too little memory or storage to train it. */
  readonly tooSmall: number;
  /** On the test set, 0 … 1; NaN before the first round. */
  readonly accuracy: number;
  /** Whether what the last round made of the model was thrown away, because it was no longer numbers. */
  readonly diverged: boolean;
  /** Distillation loss of the last round (nats); NaN without distillation. */
  readonly distillation: number;
}

export function toFamilies(
  experiment: Experiment,
  topology: Topology,
  record: RoundRecord | undefined,
): readonly FamilyFigures[] {
  const { fleet, power, data } = experiment;
  const round = (record?.round ?? 0) + 1;
  const taken = topology.devices.map((device) => {
    const row = record && rowOf(record.devices.number, device.number);
    const isKnown = record !== undefined && row !== undefined;
    const charge = isKnown ? record.devices.batteryShare[row] : power.batteryStart;
    const held = { samples: isKnown ? record.devices.samples[row] : data.samplesPerDevice, round };
    return { device, held, kind: modelFor(device, charge, experiment, held) };
  });
  return familyKindsOf(experiment.families).map((kind) => {
    const spec = modelSpecOf(kind, experiment);
    const need = trainingMemory(trainedSpecOf(kind, experiment), memoryOptionsOf(experiment));
    const own = taken.filter((each) => each.kind === kind);
    const reached = record?.families.find((family) => family.kind === kind);
    return {
      kind,
      label: spec.label,
      devices: own.length,
      byHand: own.filter(({ device }) => fleet.models[device.id] !== undefined).length,
      tooSmall: own.filter(
        ({ device, held }) => ramOf(device.figures) < need || !canStore(device, kind, experiment, held),
      ).length,
      accuracy: reached?.accuracy ?? Number.NaN,
      diverged: reached?.diverged ?? false,
      distillation: reached?.distillation ?? Number.NaN,
    };
  });
}
