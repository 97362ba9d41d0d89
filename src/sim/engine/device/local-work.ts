// How much a device trains in a round, and what that costs. It is counted in passes over the device's own samples (local
// epochs, McMahan et al. 2017), or in mini-batches (local steps: K in Karimireddy et al. 2020, "SCAFFOLD"), which go on from
// one shuffled pass to the next.

import type { Experiment } from '../../experiment/experiment.ts';
import { trainingMacs } from '../../fleet/compute.ts';
import type { ModelSpec } from '../../model/models.ts';
import { entryOf, optimiserOf } from '../../optimisers/index.ts';
import { clientHalfOf } from '../../strategies/index.ts';
import type { Cohort } from '../../trainer.ts';
import { type Macs, macs } from '../../units.ts';

type Training = Experiment['training'];

export interface LocalWork {
  /** Passes over the device's samples that are begun. */
  readonly epochs: number;
  /** SGD steps. The last mini-batch of a pass holds what is left. */
  readonly steps: number;
  /** Samples that it trains on, each counted as often as it is used. */
  readonly samples: number;
}

/** What a training is asked for: steps where they are set, else epochs. */
export const wantedAmount = ({ localSteps, localEpochs }: Training): number => localSteps || localEpochs;

/**
 * @param amount epochs, or steps where the experiment counts in steps
 * @param held samples that the device has
 */
export function localWork(amount: number, held: number, { localSteps, batchSize }: Training): LocalWork {
  const stepsPerEpoch = Math.ceil(held / batchSize);
  if (localSteps === 0) return { epochs: amount, steps: amount * stepsPerEpoch, samples: amount * held };
  if (held === 0) return { epochs: 0, steps: 0, samples: 0 };
  const passes = Math.floor(amount / stepsPerEpoch);
  const rest = amount - passes * stepsPerEpoch;
  return {
    epochs: passes + (rest > 0 ? 1 : 0),
    steps: amount,
    samples: passes * held + Math.min(held, rest * batchSize),
  };
}

/**
 * Multiply-accumulates: those of the samples, and for each weight and step those of the optimiser, of the strategy, and one for
 * weight decay.
 */
export function localMacs(model: ModelSpec, { steps, samples }: LocalWork, experiment: Descending): Macs {
  const { training, aggregation } = experiment;
  const { checkpointing, weightDecay } = training;
  const optimiser = optimiserOf(training);
  const client = clientHalfOf(experiment);
  const ofStrategy = client?.stepMacs(aggregation) ?? 0;
  const perStep = entryOf(optimiser).macs(optimiser) + Number(weightDecay > 0) + ofStrategy;
  const once = steps > 0 ? (client?.turnMacs(aggregation) ?? 0) : 0;
  return macs(trainingMacs(model.forwardMacs, samples, 1, checkpointing) + model.parameters * (perStep * steps + once));
}

type Descending = Pick<Experiment, 'training' | 'aggregation'>;

/** How a cohort descends. */
export type SgdOptions = Pick<Cohort, 'learningRate' | 'batchSize' | 'optimiser' | 'weightDecay' | 'proximal'>;

/** The descent of a round, counted from 1: the learning rate falls by the same factor with each. */
export function sgdOptionsOf(experiment: Descending, round: number): SgdOptions {
  const { training, aggregation } = experiment;
  return {
    learningRate: training.learningRate * training.learningRateDecay ** (round - 1),
    batchSize: training.batchSize,
    optimiser: optimiserOf(training),
    weightDecay: training.weightDecay,
    proximal: clientHalfOf(experiment)?.proximal?.(aggregation) ?? 0,
  };
}
