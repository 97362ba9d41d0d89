// What a codec is made of, and how it is called. Apart from the codecs themselves, which the page need not load to name one.

import { type FactorId, factors } from './factors/index.ts';
import { type IndexCodingId, indexCodings } from './indices/index.ts';
import { type QuantiserId, quantisers } from './quantisers/index.ts';
import type { Rounding } from './quantisers/quantiser.ts';
import { type SparsifierId, sparsifiers } from './sparsifiers/index.ts';

/** A pipeline: factor → sparsify → quantise → pack. What is left out does nothing. */
export interface CodecSpec {
  readonly factor?: FactorId;
  /** Of the low-rank factors. */
  readonly rank?: number;
  readonly sparsify: SparsifierId;
  /** Share of values to keep, 0 < keep ≤ 1; without meaning where the sparsifier does not go by it. */
  readonly keep: number;
  /** Share of the largest change from which on a value is sent, 0 ≤ threshold < 1. */
  readonly threshold?: number;
  /** Whether random-k scales its values up; not with error feedback, which sends the rest later. */
  readonly scalesUp?: boolean;
  /** How positions are written; the smallest way is found for each tensor. */
  readonly indices?: IndexCodingId | 'smallest';
  readonly rotate?: boolean;
  readonly quantise: QuantiserId;
  readonly rounding?: Rounding;
  readonly scales?: 'tensor' | 'row';
  readonly pack?: 'bits' | 'deflate';
}

interface Name {
  readonly id: string;
  readonly label: string;
}

/** Whether positions travel: not where every value does, nor where both ends draw them. */
export const hasPositions = (sparsify: SparsifierId): boolean => sparsify !== 'none' && !sparsifiers[sparsify].draw;

/** The stages that do something, in their order. */
export function nameOf(spec: CodecSpec): Name[] {
  const { factor = 'none', rank = 1, indices = 'smallest' } = spec;
  const quantiser = quantisers[spec.quantise];
  const names: (Name | null)[] = [
    factor === 'none' ? null : { id: `${factors[factor].id}-${rank}`, label: `rank ${rank}` },
    sparsifiers[spec.sparsify].named({ keep: spec.keep, threshold: spec.threshold ?? 0 }),
    !hasPositions(spec.sparsify) || indices === 'smallest' ? null : indexCodings[indices],
    spec.rotate ? { id: 'rotated', label: 'rotated' } : null,
    quantiser,
    spec.rounding === 'stochastic' && quantiser.canBeStochastic ? { id: 'stochastic', label: 'by chance' } : null,
    spec.scales === 'row' && quantiser.scaleCount > 0 ? { id: 'rows', label: 'by row' } : null,
    spec.pack === 'deflate' ? { id: 'deflate', label: 'deflate' } : null,
  ];
  return names.filter((name) => name !== null);
}

/** For people: 'top-k 10 % + INT8'. */
export const codecLabel = (spec: CodecSpec): string =>
  nameOf(spec)
    .map(({ label }) => label)
    .join(' + ');
