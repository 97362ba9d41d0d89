// Runs the training program on a backend and reads back logits and weights.

import type { ModelSpec } from '../../sim/model/models.ts';
import { type BackendName, useBackend } from '../backend/backend.ts';
import { readTensors } from '../backend/read-tensors.ts';
import type { Column } from './batches.ts';
import { tensorsOf } from './layer-weights.ts';
import { openProgram, type TrainingOptions } from './training-program.ts';
import { unstackWeights } from './weight-layout.ts';

/** [samples, devices, classes]. */
export interface StepLogits {
  readonly values: Float32Array;
  /** The number of columns that were in the program at that step: the first ones. */
  readonly devices: number;
}

/**
 * Trains columns that are sorted longest first and train at least one step.
 * @param onLogits called with the logits that each step's gradient was computed from, in order
 * @returns each column's flat weights after training
 */
export async function runProgram(
  backend: BackendName,
  model: ModelSpec,
  columns: readonly Column[],
  options: TrainingOptions,
  onLogits: (step: number, logits: StepLogits) => void,
): Promise<readonly Float32Array[]> {
  await useBackend(backend);
  const program = openProgram(model, columns, options);
  const weights = new Array<Float32Array>(columns.length);
  let last = columns.length;
  let step = 0;
  try {
    while (!program.isDone()) {
      const { logits, finished } = program.advance();
      const devices = logits.map(({ shape }) => shape[2]);
      const values = await readTensors(backend, [...logits, ...finished.flatMap(({ layers }) => tensorsOf(layers))]);
      values.splice(0, logits.length).forEach((own, index) => {
        onLogits(step++, { values: own, devices: devices[index] });
      });
      for (const { first } of finished) {
        const group = unstackWeights(model, values.splice(0, model.tensors.length), last - first);
        for (const [place, flat] of group.entries()) weights[first + place] = flat;
        last = first;
      }
      // Another trainer may have made its own backend the current one during the await.
      await useBackend(backend);
    }
  } finally {
    program.dispose();
  }
  return weights;
}
