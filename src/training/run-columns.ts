// Runs the program on a backend and reads back what it made.

import type { ModelSpec } from '../sim/model/models.ts';
import { type BackendName, useBackend } from './backend.ts';
import type { Column } from './cohort.ts';
import { tensorsOf } from './layer-weights.ts';
import { readTensors } from './read-tensors.ts';
import { type Descent, openProgram } from './stacked-program.ts';
import { unstackWeights } from './weight-layout.ts';

/** [samples, devices, classes]. */
export interface StepLogits {
  readonly values: Float32Array;
  /** The columns that were in the program at that step: the first ones. */
  readonly devices: number;
}

/**
 * Trains columns that are sorted longest first and train at least one step.
 * @param onLogits given each step's logits as they were before it, in order
 * @returns each column's flat weights after training
 */
export async function runColumns(
  backend: BackendName,
  model: ModelSpec,
  columns: readonly Column[],
  descent: Descent,
  onLogits: (step: number, logits: StepLogits) => void,
): Promise<readonly Float32Array[]> {
  await useBackend(backend);
  const program = openProgram(model, columns, descent);
  const weights = new Array<Float32Array>(columns.length);
  let last = columns.length;
  let step = 0;
  try {
    while (!program.isDone()) {
      const { logits, leavers } = program.advance();
      const devices = logits.map(({ shape }) => shape[2]);
      const values = await readTensors(backend, [...logits, ...leavers.flatMap(({ layers }) => tensorsOf(layers))]);
      values.splice(0, logits.length).forEach((own, index) => {
        onLogits(step++, { values: own, devices: devices[index] });
      });
      for (const { first } of leavers) {
        const group = unstackWeights(model, values.splice(0, model.tensors.length), last - first);
        for (const [place, flat] of group.entries()) weights[first + place] = flat;
        last = first;
      }
      // Another trainer may have made its own backend the current one meanwhile.
      await useBackend(backend);
    }
  } finally {
    program.close();
  }
  return weights;
}
