// Federated dropout (Caldas et al. 2018, "Expanding the Reach of Federated Learning by Reducing Client Resource Requirements"):
// a device trains a random sub-model, the global model with a fixed number of units (or filters) left out of each hidden
// layer. All sub-models have one architecture, smaller in bytes, memory and computing. Which units they are comes from the
// run's seed by device and round: both ends know it, so the choice costs no bytes.
//
// The global model is evaluated with all units, although they were never trained together, and is overconfident. HeteroFL's scaler (Diao,
// Ding & Tarokh 2021, "HeteroFL: Computation and Communication Efficient Federated Learning for Heterogeneous Clients") helps: in
// training, a layer's outputs are divided by the share of its units that are kept.

import type { Rng } from '../random.ts';
import type { Mask, WeightSubset } from './masks.ts';
import { type ModelSpec, withUnits } from './models.ts';

const unitCount = (units: number, keep: number): number => Math.max(1, Math.round(keep * units));

/** The sub-models' architecture. @param keep share of each hidden layer's units, above 0 and at most 1 */
export const subModelOf = (model: ModelSpec, keep: number): ModelSpec =>
  keep === 1
    ? model
    : withUnits(
        model,
        model.units.map((units) => unitCount(units, keep)),
      );

/** Factors for a sub-model's hidden outputs in training, one a layer, so that their sum is as large as that of all units. */
export const subModelScales = (model: ModelSpec, keep: number): number[] =>
  model.units.map((units) => units / unitCount(units, keep));

/** Draws a sub-model: the weights between its units, with their biases. */
export function drawSubModel(model: ModelSpec, keep: number, rng: Rng): WeightSubset {
  const drawn = model.units.map((units, layer) => {
    const isKept = new Uint8Array(units);
    const order = rng.split('layer', layer).permutation(units);
    for (const unit of order.subarray(0, unitCount(units, keep))) isKept[unit] = 1;
    return isKept;
  });
  const { tensors } = subModelOf(model, keep);
  return { mask: maskOfUnits(model, drawn), shapes: tensors.map(({ shape }) => shape) };
}

function maskOfUnits(model: ModelSpec, drawn: readonly Uint8Array[]): Mask {
  const mask = new Uint8Array(model.parameters);
  let at = 0;
  for (const { shape, rowLayer, columnLayer } of model.tensors) {
    const columns = shape.slice(1).reduce((size, length) => size * length, 1);
    for (let row = 0; row < shape[0]; row++) {
      const isRowKept = rowLayer === null || drawn[rowLayer][row] === 1;
      for (let column = 0; column < columns; column++) {
        mask[at++] =
          isRowKept && isColumnKept(columnLayer === null ? null : drawn[columnLayer], column, columns) ? 1 : 0;
      }
    }
  }
  return mask;
}

/** A unit is the input of one column or, as a filter, of a few adjacent ones: one for each position of a kernel or of the pooled values. */
const isColumnKept = (units: Uint8Array | null, column: number, columns: number): boolean =>
  units === null || units[Math.floor((column * units.length) / columns)] === 1;
