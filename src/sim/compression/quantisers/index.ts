// The registry of quantisers: one file and one line each. The order is that of the menu, from exact to coarse.

import type { OwnSettings } from '../../experiment/variants.ts';
import { bf16 } from './bf16.ts';
import { fp16 } from './fp16.ts';
import { fp32 } from './fp32.ts';
import { intQuantiser } from './int.ts';
import type { Quantiser } from './quantiser.ts';
import { sign } from './sign.ts';
import { ternary } from './ternary.ts';
import { tutorialQuantiser } from './tutorial.ts';

export const quantisers = {
  fp32,
  fp16,
  bf16,
  int8: intQuantiser(8, 2),
  int6: intQuantiser(6, 9),
  int4: intQuantiser(4, 3),
  int3: intQuantiser(3, 10),
  int2: intQuantiser(2, 4),
  ternary,
  sign,
  'tutorial-int8': tutorialQuantiser(8, 5),
  'tutorial-int4': tutorialQuantiser(4, 6),
  'tutorial-int2': tutorialQuantiser(2, 7),
} satisfies Record<string, Quantiser<OwnSettings>>;

export type QuantiserId = keyof typeof quantisers;
export const quantiserIds = Object.keys(quantisers) as [QuantiserId, ...QuantiserId[]];
