// Distillation: one model learns a teacher's soft labels on samples without labels (Hinton, Vinyals & Dean 2015; as a server
// does for its model families in FedDF, Lin et al. 2020). It is the same program as local training with one column: the
// targets are the teacher's probabilities, and there is no dropout, so that the student follows the teacher and not random masks.

import type { Distillation, DistillationResult } from '../sim/trainer.ts';
import type { BackendName } from './backend/backend.ts';
import { checkDistillation } from './check-input.ts';
import { klDivergence } from './metrics.ts';
import { type Column, planColumn, sampleIndices } from './program/batches.ts';
import { runProgram, type StepLogits } from './program/run-program.ts';

export async function distil(backend: BackendName, request: Distillation): Promise<DistillationResult> {
  const { model, start, features, teacher, temperature, learningRate, batchSize, epochs, mask, rng } = request;
  checkDistillation(request);
  const column = planColumn(
    { start, samples: features.length / model.features, features, targets: teacher, epochs, mask, rng },
    batchSize,
  );
  if (column.steps === 0) return { weights: start.slice(), loss: Number.NaN };
  const student = { ...model, dropout: 0 };
  const stepLogits: StepLogits[] = [];
  const weights = await runProgram(backend, student, [column], { learningRate, temperature }, (step, logits) => {
    stepLogits[step] = logits;
  });
  return { weights: weights[0], loss: lastEpochLoss(column, stepLogits, model.classes, temperature) };
}

/** Mean over the last epoch's mini-batches, each measured as it was trained on. */
function lastEpochLoss(
  column: Column,
  stepLogits: readonly StepLogits[],
  classes: number,
  temperature: number,
): number {
  let loss = 0;
  for (let step = column.steps - column.stepsPerEpoch; step < column.steps; step++) {
    const own = sampleIndices(column, step);
    let sum = 0;
    own.forEach((sample, row) => {
      const { values } = stepLogits[step];
      sum += klDivergence(column.learner.targets, sample * classes, values, row * classes, { classes, temperature });
    });
    loss += (temperature ** 2 * sum) / own.length;
  }
  return loss / column.stepsPerEpoch;
}
