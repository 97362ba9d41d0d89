// Local training of all participants of a gateway round at once: each from the model it received, each update encoded as it
// goes up.

import type { DeviceSent } from '../compression/device-uplink.ts';
import type { LabelledData } from '../data/dataset.ts';
import type { Descent } from '../engine/local-work.ts';
import type { Kept } from '../model/masks.ts';
import type { ModelSpec } from '../model/models.ts';
import type { Rng } from '../random.ts';
import type { Participant } from '../selection/participants.ts';
import type { Told } from '../selection/selection.ts';
import type { LocalTrainer } from '../trainer.ts';
import { isUsable } from './senders.ts';

export interface Trainee extends Participant {
  /** The model that it received, flat. */
  readonly start: Float32Array;
  /** What of it it trains and sends; all, if left out. */
  readonly kept?: Kept | undefined;
}

export interface TrainingInput {
  readonly trainees: readonly Trainee[];
  readonly model: ModelSpec;
  /** As a cohort's. */
  readonly unitScales: readonly number[] | undefined;
  readonly trainer: LocalTrainer;
  readonly data: ReadonlyMap<number, LabelledData>;
  /** As a cohort's; `countsSteps` where devices stop after so many steps. */
  readonly descent: Descent;
  readonly countsSteps: boolean;
  /** Encodes a device's update for its gateway. */
  readonly send: (trainee: Trainee, update: Float32Array, rng: Rng) => DeviceSent;
  readonly round: number;
  /** Which of the cloud round's gateway rounds this is, from 1. */
  readonly part: number;
  readonly rng: Rng;
  /** False keeps each device's samples in their order, as the reference trajectories do. */
  readonly shuffle: boolean;
}

export interface Trained {
  readonly told: Told;
  readonly accuracy: number;
  readonly steps: number;
  /** What the gateway gets; null if training diverged, or if what the codec makes of it has: there is nothing to use. */
  readonly carried: DeviceSent | null;
}

const rootMeanSquare = (values: Float32Array): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / Math.max(1, values.length));

/** Results in the order of the trainees. */
export async function trainLocally(input: TrainingInput): Promise<Trained[]> {
  const { trainees, model, data, round, part, rng } = input;
  const results = await input.trainer.train({
    model,
    ...input.descent,
    ...(input.unitScales && { unitScales: input.unitScales }),
    shuffle: input.shuffle,
    members: trainees.map(({ device, start, work, kept }) => {
      const held = data.get(device.number);
      if (!held) throw new Error(`No samples were dealt to ${device.id}.`);
      return {
        data: held,
        start,
        epochs: work.epochs,
        steps: input.countsSteps ? work.steps : undefined,
        mask: kept?.mask,
        rng: rng.split('train', device.id, round, part),
      };
    }),
  });
  return results.map(({ weights, loss, accuracy, steps, stepLosses }, index) => {
    const { device, start } = trainees[index];
    const update = weights.map((weight, i) => weight - start[i]);
    const sent = isUsable(update) ? input.send(trainees[index], update, rng.split('up', device.id, round, part)) : null;
    const carried = sent && isUsable(sent.values) ? sent : null;
    return { told: { round, loss, lossRms: rootMeanSquare(stepLosses) }, accuracy, steps, carried };
  });
}
