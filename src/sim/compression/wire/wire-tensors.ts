// The tensors that a packet contains: those of the update, or the factors in place of a factored one. Sender and receiver derive
// the same list from the shapes and the rank.

import type { OwnSettings } from '../../experiment/variants.ts';
import type { Factoriser } from '../factorisers/factoriser.ts';

export interface WireTensor {
  /** Which of the update's tensors it stands for. */
  readonly tensor: number;
  readonly shape: readonly number[];
  readonly length: number;
  /** Whether its tensor is factored: then those beside it with the same `tensor` are its other factors. */
  readonly isFactor: boolean;
}

export const lengthOf = (shape: readonly number[]): number => shape.reduce((size, length) => size * length, 1);

export interface Factorisation {
  readonly factor: Factoriser<OwnSettings>;
  readonly rank: number;
}

export function wireTensorsOf(
  shapes: readonly (readonly number[])[],
  factorisation: Factorisation | null,
): WireTensor[] {
  return shapes.flatMap((shape, tensor) => {
    const factored = factorisation?.factor.shapesOf(shape, factorisation.rank) ?? null;
    const own = factored ?? [shape];
    return own.map((each) => ({ tensor, shape: each, length: lengthOf(each), isFactor: factored !== null }));
  });
}

/**
 * Where the vectors of a tensor end, within the values that it sends: one vector, or one for each row of a matrix. A row that
 * sends nothing has none.
 * @param positions which are kept, ascending; null if all are
 */
export function vectorEnds(
  { shape, length }: WireTensor,
  kept: number,
  positions: Uint32Array | null,
  byRow: boolean,
): Uint32Array {
  if (kept === 0) return new Uint32Array(0);
  if (!byRow || shape.length < 2) return Uint32Array.of(kept);
  const rowLength = length / shape[0];
  if (positions === null) return new Uint32Array(shape[0]).map((_, row) => (row + 1) * rowLength);
  const ends = new Uint32Array(Math.min(kept, shape[0]));
  let vectors = 0;
  let rowEnd = 0;
  for (let i = 0; i < kept; i++) {
    if (positions[i] < rowEnd) continue;
    rowEnd = (Math.floor(positions[i] / rowLength) + 1) * rowLength;
    if (i > 0) ends[vectors++] = i;
  }
  ends[vectors++] = kept;
  return ends.subarray(0, vectors);
}

/** One view for each end onto values that lie one vector after another. */
export function splitAt(values: Float32Array, ends: ArrayLike<number>): Float32Array[] {
  return Array.from(ends, (end, i) => values.subarray(i === 0 ? 0 : ends[i - 1], end));
}

/** Where tensors of these lengths end that lie one after another. */
export function endsOf(lengths: readonly number[]): number[] {
  let end = 0;
  return lengths.map((length) => {
    end += length;
    return end;
  });
}
