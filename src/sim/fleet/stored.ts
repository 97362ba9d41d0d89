// What a device must store in a round, from the experiment's settings: the model it takes, in the bits in which it comes down, its
// samples, and what error feedback keeps.

import { quantisers } from '../compression/quantisers/index.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { specOf, trainedSpecOf } from '../model/model-specs.ts';
import type { ModelKind } from '../model/models.ts';
import { parametersLeft, sparsityAt } from '../model/pruning.ts';
import { type StorageInput, storageNeed, storageOf } from './storage.ts';
import type { DeviceNode } from './topology.ts';

/** What of a device's storage its settings do not tell. */
export interface Held {
  /** Training samples that it holds. */
  readonly samples: number;
  /** The record's round, which the pruning schedule goes by. */
  readonly round: number;
}

/** Bits of a stored weight: as it came down. Differences are added up in 32-bit floats, so that none is lost. */
function storedBits({ compression }: Experiment): number {
  const { down } = compression;
  return down.difference ? 32 : quantisers[down.quantise].wireBits;
}

/**
 * Local optimisers begin anew each round, as in FedAvg (McMahan et al. 2017) and Flower's clients: what they keep (a velocity) is in
 * RAM, and nothing of it outlives the round.
 */
const OPTIMISER_STATE = 0;

export function storedBy(kind: ModelKind, experiment: Experiment, { samples, round }: Held): StorageInput {
  const { compression, pruning } = experiment;
  const whole = specOf(kind, experiment);
  const trained = trainedSpecOf(kind, experiment);
  const sparsity = sparsityAt(round, pruning);
  const errorFeedback = compression.device.feedback;
  return {
    parameters: trained.parameters,
    left: parametersLeft(trained, sparsity),
    bits: storedBits(experiment),
    samples,
    features: whole.features,
    wholeParameters: parametersLeft(whole, sparsity),
    errorFeedback,
    momentumCorrection: errorFeedback && compression.momentum > 0,
    optimiserState: OPTIMISER_STATE,
  };
}

/** Whether a device can store what a model of this kind asks of it. */
export const canStore = (device: DeviceNode, kind: ModelKind, experiment: Experiment, held: Held): boolean =>
  storageNeed(device.figures, storedBy(kind, experiment, held)) <= storageOf(device.figures);
