// The contract of a quantiser: it turns one vector (the kept values of one tensor, or of one of its rows) into a few float32
// scales and a few bits a value, and back. It sees no shapes and no indices, so the same stage serves dense and sparse
// updates, and a finer granularity is only more, shorter vectors.

import type { NoSettings, OwnSettings, ValuesOf, Variant } from '../../experiment/variants.ts';
import type { Rng } from '../../random.ts';
import type { ByteReader } from '../wire/byte-reader.ts';
import type { ByteWriter } from '../wire/byte-writer.ts';

/** A value goes to the nearest level, or to one of the two around it by chance, so that it is right on average. */
export type Rounding = 'nearest' | 'stochastic';

export interface Quantiser<Own extends OwnSettings = NoSettings> extends Variant<Own> {
  /** Bits of information a value is rounded to. */
  readonly bits: number;
  /** Bits a value takes in the buffer, at least. */
  readonly wireBits: number;
  /** Names the quantiser in a buffer, 0 … 255; never to be used again for another one. */
  readonly wireCode: number;
  /** How many float32 scales a vector needs. */
  readonly scaleCount: number;
  /**
   * Whether it can round by chance, and is then right on average at its settings' defaults, the ends of the range too; one that cannot
   * rounds to the nearest whatever it is asked.
   */
  readonly canBeStochastic: boolean;
  /** The vector's scales: `scaleCount` numbers that float32 holds exactly. The vector is finite and not empty. */
  scalesOf(values: Float32Array, rounding: Rounding, settings: ValuesOf<Own>): readonly number[];
  /** Bits that `count` values take in the buffer. */
  bitsOf(count: number): number;
  /** Appends `bitsOf(values.length)` bits. @param rng where stochastic rounding draws from; null rounds to the nearest */
  write(values: Float32Array, scales: readonly number[], out: ByteWriter, rng: Rng | null): void;
  /** Fills `into` with finite values. @throws {WireError} if the bits are none that `write` makes. */
  read(into: Float32Array, scales: readonly number[], from: ByteReader): void;
  /** The largest |decoded − value| that it promises for this vector, in the values' unit. */
  errorBound(values: Float32Array, rounding: Rounding, settings: ValuesOf<Own>): number;
}

/** The largest float32. */
export const MAX_FLOAT32 = (2 - 2 ** -23) * 2 ** 127;

/** The smallest and the largest value. */
export function rangeOf(values: Float32Array): [low: number, high: number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}

/** The largest magnitude; 0 of an empty vector. */
export function largestOf(values: Float32Array): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, Math.abs(values[i]));
  return largest;
}

export const clamp = (value: number, low: number, high: number): number => Math.max(low, Math.min(high, value));

/** What rounding results of up to this magnitude to float32 can add to an error. */
export const float32Slack = (magnitude: number): number => magnitude * 2 ** -23 + 2 ** -149;

/** The level for a place between two levels: the nearest, or by chance in proportion to how near each is. */
export const roundTo = (place: number, rng: Rng | null): number =>
  rng === null ? Math.round(place) : Math.floor(place + rng.uniform());
