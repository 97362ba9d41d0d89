// The registry of adaptive policies: one file and one line each.

import type { OwnSettings } from '../../experiment/variants.ts';
import { byBattery } from './by-battery.ts';
import { byError } from './by-error.ts';
import { byLink } from './by-link.ts';
import { coarseToFine, fineToCoarse } from './by-round.ts';
import { fixed } from './fixed.ts';
import type { AdaptivePolicy } from './policy.ts';

export const adaptivePolicies = {
  fixed,
  'by-link': byLink,
  'by-battery': byBattery,
  'coarse-to-fine': coarseToFine,
  'fine-to-coarse': fineToCoarse,
  'by-error': byError,
} satisfies Record<string, AdaptivePolicy<OwnSettings>>;
