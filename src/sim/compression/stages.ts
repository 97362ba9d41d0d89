// What a codec does to an update, stage by stage: what `makeCodec` finds in the registries for a `CodecSpec`.

import type { OwnSettings, ValuesOf } from '../experiment/variants.ts';
import type { IndexCoding } from './indices/index-coding.ts';
import type { Quantiser, Rounding } from './quantisers/quantiser.ts';
import type { Sparsifier } from './sparsifiers/sparsifier.ts';
import type { Factoring } from './wire/pieces.ts';

export interface Stages {
  readonly factoring: Factoring | null;
  readonly sparsifier: Sparsifier<OwnSettings>;
  /** Of every stage. */
  readonly settings: ValuesOf<OwnSettings>;
  /** Whether an unbiased sparsifier's values are scaled up, so that the update is right on average. */
  readonly scalesUp: boolean;
  /** How positions are written; null takes the smallest coding for each piece. */
  readonly coding: IndexCoding<OwnSettings> | null;
  readonly isRotated: boolean;
  readonly quantiser: Quantiser<OwnSettings>;
  readonly rounding: Rounding;
  readonly byRow: boolean;
  readonly isDeflated: boolean;
}
