// A learner for tests whose answers are known in closed form: device i's loss is aᵢ/2 ‖w − bᵢ‖², and it descends by plain steps in
// 32 bits, with the proximal term and the offset that it is given.

import type { LabelledData } from '../data/dataset.ts';
import type { LocalTrainer, MemberResult } from '../trainer.ts';
import { trivialTrainer } from './trivial-trainer.ts';

export interface Quadratic {
  readonly a: number;
  readonly b: number;
}

/** @param lossOf of the device that holds these samples */
export const quadraticTrainer = (lossOf: (data: LabelledData) => Quadratic): LocalTrainer => ({
  ...trivialTrainer,
  train: async ({ members, learningRate, proximal = 0 }) =>
    members.map(({ data, start, steps = 0, offset }): MemberResult => {
      const { a, b } = lossOf(data);
      let weights = start.slice();
      for (let step = 0; step < steps; step++) {
        weights = weights.map(
          (w, i) => w - learningRate * (a * (w - b) + proximal * (w - start[i]) + (offset?.[i] ?? 0)),
        );
      }
      const loss = weights.reduce((sum, w) => sum + (a / 2) * (w - b) ** 2, 0);
      return { weights, loss, accuracy: 0, steps, stepLosses: new Float32Array(steps).fill(loss) };
    }),
});
