// Low rank: an m × n matrix M travels as P (m × r) and Q (n × r), M ≈ P Qᵀ. Vogels, Karimireddy & Jaggi 2019, "PowerSGD": one
// multiplication by M and its transpose a step, with P made orthonormal in between; starting from chance it takes a few steps
// to find the directions that the one warm step of the paper finds. A tensor of more than two dimensions counts as a matrix of its
// last one; a vector, or a matrix whose factors would be no smaller, is sent as it is.
// Error bound: P Qᵀ = P Pᵀ M is a projection of M, so the error is no longer than M (root of the sum of squares) and falls as the
// rank grows; it is near the least that the rank allows, which is what M's singular values from the r + 1st on amount to (Eckart &
// Young 1936), and float32's rounding if M has no more than rank r. Beyond float32's range Q saturates.
// On the wire the columns of P and of Q are rows, so that scales by row give each direction its own: their sizes differ as M's
// singular values do.

import { integer } from '../../experiment/settings.ts';
import { clamp, MAX_FLOAT32 } from '../quantisers/quantiser.ts';
import { MAX_FACTOR_RANK } from '../wire/format.ts';
import type { Factoriser } from './factoriser.ts';

const STEPS = 5;

interface Sides {
  readonly rows: number;
  readonly columns: number;
}

function sidesOf(shape: readonly number[]): Sides {
  const columns = shape[shape.length - 1];
  return { rows: shape.slice(0, -1).reduce((size, length) => size * length, 1), columns };
}

/**
 * Makes vectors of `length` values that lie one after another orthonormal (Gram & Schmidt, twice, so that rounding does not
 * spoil it); a dependent one becomes zero.
 */
export function orthonormalise(vectors: Float64Array, length: number): void {
  for (let own = 0; own < vectors.length; own += length) {
    const before = norm(vectors, own, length);
    for (let pass = 0; pass < 2; pass++) {
      for (let other = 0; other < own; other += length) {
        const along = dot(vectors, own, other, length);
        for (let i = 0; i < length; i++) vectors[own + i] -= along * vectors[other + i];
      }
    }
    const left = norm(vectors, own, length);
    const scale = left > 1e-10 * before ? 1 / left : 0;
    for (let i = 0; i < length; i++) vectors[own + i] *= scale;
  }
}

function dot(vectors: Float64Array, a: number, b: number, length: number): number {
  let sum = 0;
  for (let i = 0; i < length; i++) sum += vectors[a + i] * vectors[b + i];
  return sum;
}

const norm = (vectors: Float64Array, start: number, length: number): number =>
  Math.sqrt(dot(vectors, start, start, length));

/** P = M Q. */
function times(m: Float32Array, q: Float64Array, { rows, columns }: Sides, rank: number): Float64Array {
  const p = new Float64Array(rank * rows);
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < rank; k++) {
      let sum = 0;
      for (let j = 0; j < columns; j++) sum += m[i * columns + j] * q[k * columns + j];
      p[k * rows + i] = sum;
    }
  }
  return p;
}

/** Q = Mᵀ P. */
function transposedTimes(m: Float32Array, p: Float64Array, { rows, columns }: Sides, rank: number): Float64Array {
  const q = new Float64Array(rank * columns);
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < rank; k++) {
      const left = p[k * rows + i];
      for (let j = 0; j < columns; j++) q[k * columns + j] += left * m[i * columns + j];
    }
  }
  return q;
}

function toFloat32(values: Float64Array): Float32Array {
  const rounded = new Float32Array(values.length);
  for (let i = 0; i < values.length; i++) rounded[i] = clamp(values[i], -MAX_FLOAT32, MAX_FLOAT32);
  return rounded;
}

const own = {
  rank: integer({
    default: 4,
    min: 1,
    max: MAX_FACTOR_RANK,
    step: 1,
    label: 'Rank',
    help: 'Columns of the two narrow matrices: more of them err less and weigh more.',
    live: true,
  }),
};

export const lowRank: Factoriser<typeof own> = {
  id: 'low-rank',
  label: 'Low rank',
  help: 'Sends each weight matrix as the product of two narrow ones.',
  settings: own,
  wireCode: 0,
  nameFor: ({ rank }) => ({ id: `low-rank-${rank}`, label: `rank ${rank}` }),
  rankOf: ({ rank }) => rank,
  source: 'PowerSGD, Vogels et al. 2019',
  shapesOf(shape, rank) {
    if (shape.length < 2) return null;
    const { rows, columns } = sidesOf(shape);
    if (rank * (rows + columns) >= rows * columns) return null;
    return [
      [rank, rows],
      [rank, columns],
    ];
  },
  split(values, shape, rank, rng) {
    const sides = sidesOf(shape);
    let q: Float64Array = new Float64Array(rank * sides.columns);
    for (let i = 0; i < q.length; i++) q[i] = rng.between(-1, 1);
    let p: Float64Array = new Float64Array(0);
    for (let step = 0; step < STEPS; step++) {
      p = times(values, q, sides, rank);
      orthonormalise(p, sides.rows);
      q = transposedTimes(values, p, sides, rank);
    }
    return [toFloat32(p), toFloat32(q)];
  },
  join([p, q], shape, rank, into) {
    const { rows, columns } = sidesOf(shape);
    const row = new Float64Array(columns);
    for (let i = 0; i < rows; i++) {
      row.fill(0);
      for (let k = 0; k < rank; k++) {
        const left = p[k * rows + i];
        for (let j = 0; j < columns; j++) row[j] += left * q[k * columns + j];
      }
      for (let j = 0; j < columns; j++) into[i * columns + j] = clamp(row[j], -MAX_FLOAT32, MAX_FLOAT32);
    }
  },
};
