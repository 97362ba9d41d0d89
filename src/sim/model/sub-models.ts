// Federated dropout (Caldas et al. 2018, "Expanding the Reach of Federated Learning by Reducing Client Resource Requirements"):
// a device trains a random sub-model, the global model with a fixed number of units (or filters) left out of each hidden
// layer. All sub-models have one architecture, smaller in bytes, memory and computing. Which units they are comes from the
// run's seed by device and round: both ends know it, so the choice costs no bytes.
//
// The global model is used whole, though its units never trained all together, and is too sure of itself. HeteroFL's scaler (Diao,
// Ding & Tarokh 2021, "HeteroFL: Computation and Communication Efficient Federated Learning for Heterogeneous Clients") helps: in
// training, a layer's outputs are divided by the share of its units that are kept.

import type { Rng } from '../random.ts';
import type { Mask, WeightSubset } from './masks.ts';
import { type ModelSpec, withUnits } from './models.ts';

const unitsKept = (units: number, keep: number): number => Math.max(1, Math.round(keep * units));

/** The sub-models' architecture. @param keep share of each hidden layer's units, above 0 and at most 1 */
export const subModelOf = (model: ModelSpec, keep: number): ModelSpec =>
  keep === 1
    ? model
    : withUnits(
        model,
        model.units.map((units) => unitsKept(units, keep)),
      );

/** What a sub-model's hidden outputs are multiplied by in training, one a layer, so that their sum weighs as all units' would. */
export const scalesOf = (model: ModelSpec, keep: number): number[] =>
  model.units.map((units) => units / unitsKept(units, keep));

/** Draws a sub-model: its weights are those that join kept units, with their biases. */
export function drawSubModel(model: ModelSpec, keep: number, rng: Rng): WeightSubset {
  const drawn = model.units.map((units, layer) => {
    const isKept = new Uint8Array(units);
    const order = rng.split('layer', layer).permutation(units);
    for (const unit of order.subarray(0, unitsKept(units, keep))) isKept[unit] = 1;
    return isKept;
  });
  const { tensors } = subModelOf(model, keep);
  return { mask: joining(model, drawn), shapes: tensors.map(({ shape }) => shape) };
}

function joining(model: ModelSpec, drawn: readonly Uint8Array[]): Mask {
  const mask = new Uint8Array(model.parameters);
  let at = 0;
  for (const { shape, makes, reads } of model.tensors) {
    const columns = shape.slice(1).reduce((size, length) => size * length, 1);
    for (let row = 0; row < shape[0]; row++) {
      const isMade = makes === null || drawn[makes][row] === 1;
      for (let column = 0; column < columns; column++) {
        mask[at++] = isMade && isRead(reads === null ? null : drawn[reads], column, columns) ? 1 : 0;
      }
    }
  }
  return mask;
}

/** A unit is read by one column or, as a filter, by a few in a row: one for each place of its kernel or its pooled values. */
const isRead = (units: Uint8Array | null, column: number, columns: number): boolean =>
  units === null || units[Math.floor((column * units.length) / columns)] === 1;
