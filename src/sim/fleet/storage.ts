// Storage of a device (modelled): the flash, card or disk whose content survives a power cut. A device stores
//   its firmware: program, system, and spare partitions, as a share of the whole;
//   the model as it is stored: in the bits in which it came down (FP32, or quantised), a pruned one without its zeros;
//   its training samples: one 32-bit float a feature, and a byte for the label;
//   what error feedback keeps from one round to the next (Seide et al. 2014; Karimireddy et al. 2019): a residual of 32 bits a
//   weight, and with momentum correction a velocity of as many (Lin et al. 2018);
//   what the local optimiser keeps from one round to the next, and what the strategy does: SCAFFOLD a control variate.
// Weights, gradients and activations in training are in RAM (memory.ts): after a power cut the device begins its turn again from
// the stored model. A quantiser's scales, some bytes a tensor, are left out.

import { quantisers } from '../compression/quantisers/index.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { modelSpecOf, trainedSpecOf } from '../model/model-specs.ts';
import type { ModelKind } from '../model/models.ts';
import { remainingParameters, sparsityAt } from '../model/pruning.ts';
import { clientHalfOf } from '../strategies/index.ts';
import { type Bytes, bytes } from '../units.ts';
import type { DeviceNode } from './topology.ts';

const FLOAT_BYTES = 4;
const LABEL_BYTES = 1;
const BITS_PER_BYTE = 8;
/** Flash, like RAM, is counted in powers of two: 256 kB are 256 × 1024 bytes. */
const BYTES_PER_KILOBYTE_OF_FLASH = 1024;

export interface StorageInput {
  /** Weights that the device holds: those of its sub-model. */
  readonly parameters: number;
  /** Of these, weights that pruning has left; all of them in an unpruned model. */
  readonly left: number;
  /** Bits in which a weight is stored: 32, or the quantiser's. */
  readonly bits: number;
  readonly samples: number;
  /** Numbers in a sample, besides its label. */
  readonly features: number;
  /** Weights that error feedback covers: the whole model's, as sub-models differ from round to round. */
  readonly wholeParameters: number;
  readonly errorFeedback: boolean;
  /** With error feedback: whether the velocity of the updates is kept too. */
  readonly momentumCorrection: boolean;
  /** 32-bit numbers that the local optimiser keeps for each weight from round to round; 0 where it starts afresh each round. */
  readonly optimiserState: number;
  /** 32-bit numbers for each weight that the strategy's devices keep from round to round. */
  readonly clientState: number;
}

export interface StorageParts {
  readonly firmware: Bytes;
  readonly model: Bytes;
  readonly samples: Bytes;
  /** Error feedback and momentum correction. */
  readonly feedback: Bytes;
  readonly optimiser: Bytes;
  readonly strategy: Bytes;
}

interface StorageFigures {
  /** kB */
  readonly storage: number;
  /** % of the storage */
  readonly firmware: number;
}

/** Bytes of a device's storage, from its figure in kB. */
export const storageOf = (figures: Pick<StorageFigures, 'storage'>): Bytes =>
  bytes(figures.storage * BYTES_PER_KILOBYTE_OF_FLASH);

/** Bytes that a sample takes. */
const sampleBytes = (features: number): Bytes => bytes(FLOAT_BYTES * features + LABEL_BYTES);

/** Bytes of the stored model: all weights, or those left and a bit for each weight that tells which, whichever is less. */
function modelBytes({ parameters, left, bits }: Pick<StorageInput, 'parameters' | 'left' | 'bits'>): Bytes {
  const dense = parameters * bits;
  return bytes(Math.ceil(Math.min(dense, left * bits + parameters) / BITS_PER_BYTE));
}

export function storageParts(figures: StorageFigures, input: StorageInput): StorageParts {
  const {
    samples,
    features,
    wholeParameters,
    errorFeedback,
    momentumCorrection,
    parameters,
    optimiserState,
    clientState,
  } = input;
  const vectors = errorFeedback ? (momentumCorrection ? 2 : 1) : 0;
  return {
    firmware: bytes(Math.ceil((storageOf(figures) * figures.firmware) / 100)),
    model: modelBytes(input),
    samples: bytes(samples * sampleBytes(features)),
    feedback: bytes(FLOAT_BYTES * wholeParameters * vectors),
    optimiser: bytes(FLOAT_BYTES * parameters * optimiserState),
    strategy: bytes(FLOAT_BYTES * parameters * clientState),
  };
}

/** Bytes of storage that a device needs to take part, its firmware included. */
export function requiredStorage(figures: StorageFigures, input: StorageInput): Bytes {
  const { firmware, model, samples, feedback, optimiser, strategy } = storageParts(figures, input);
  return bytes(firmware + model + samples + feedback + optimiser + strategy);
}

/** The most samples that fit beside all else; below 0 if that does not fit without any. */
export const samplesThatFit = (figures: StorageFigures, input: StorageInput): number =>
  Math.floor((storageOf(figures) - requiredStorage(figures, { ...input, samples: 0 })) / sampleBytes(input.features));

/** What a device stores besides what the experiment's settings say. */
export interface StoredData {
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
 * Local optimisers start afresh each round, as in FedAvg (McMahan et al. 2017) and Flower's clients: what they keep (a velocity) is in
 * RAM, and nothing of it outlives the round.
 */
const OPTIMISER_STATE = 0;

export function storageInput(kind: ModelKind, experiment: Experiment, { samples, round }: StoredData): StorageInput {
  const { compression, pruning } = experiment;
  const whole = modelSpecOf(kind, experiment);
  const trained = trainedSpecOf(kind, experiment);
  const sparsity = sparsityAt(round, pruning);
  const errorFeedback = compression.device.feedback;
  return {
    parameters: trained.parameters,
    left: remainingParameters(trained, sparsity),
    bits: storedBits(experiment),
    samples,
    features: whole.features,
    wholeParameters: remainingParameters(whole, sparsity),
    errorFeedback,
    momentumCorrection: errorFeedback && compression.momentum > 0,
    optimiserState: OPTIMISER_STATE,
    clientState: clientHalfOf(experiment)?.exchange?.stateNames.length ?? 0,
  };
}

/** Whether a device can store what a model of this kind asks of it. */
export const canStore = (device: DeviceNode, kind: ModelKind, experiment: Experiment, held: StoredData): boolean =>
  requiredStorage(device.figures, storageInput(kind, experiment, held)) <= storageOf(device.figures);
