// The stages of a codec, and its label. Separate from the codecs, which the page need not load to show a label.

import { defaultsOf, settingsOfAll, type ValuesOf } from '../experiment/variants.ts';
import { type FactoriserId, factorisers } from './factorisers/index.ts';
import { type IndexCodingId, indexCodings } from './indices/index.ts';
import { type QuantiserId, quantisers } from './quantisers/index.ts';
import type { Rounding } from './quantisers/quantiser.ts';
import { type SparsifierId, sparsifiers } from './sparsifiers/index.ts';

const stageSettings = {
  ...settingsOfAll(factorisers),
  ...settingsOfAll(sparsifiers),
  ...settingsOfAll(indexCodings),
  ...settingsOfAll(quantisers),
};

/** The settings that the stages bring. */
type StageSettings = ValuesOf<typeof stageSettings>;

const stageDefaults = defaultsOf(stageSettings);

/** All settings of a codec's stages: those that it leaves out at their defaults. */
export const withStageDefaults = (spec: CodecSpec): StageSettings => ({ ...stageDefaults, ...spec });

/** A pipeline: factor → sparsify → quantise → pack. What is left out does nothing. */
export interface CodecSpec extends Partial<StageSettings> {
  readonly factor?: FactoriserId;
  readonly sparsify: SparsifierId;
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
export const sendsPositions = (sparsify: SparsifierId): boolean =>
  sparsify !== 'none' && !sparsifiers[sparsify].drawPositions;

/** The stages that do something, in their order. */
export function stageNames(spec: CodecSpec): Name[] {
  const { factor = 'none', indices = 'smallest' } = spec;
  const values = withStageDefaults(spec);
  const quantiser = quantisers[spec.quantise];
  const names: (Name | null)[] = [
    factor === 'none' ? null : factorisers[factor].nameFor(values),
    sparsifiers[spec.sparsify].nameFor(values),
    !sendsPositions(spec.sparsify) || indices === 'smallest' ? null : indexCodings[indices],
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
  stageNames(spec)
    .map(({ label }) => label)
    .join(' + ');
