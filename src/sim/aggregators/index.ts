// The registry of aggregators: one file and one line each.

import type { OwnSettings } from '../experiment/variants.ts';
import type { Aggregator } from './aggregator.ts';
import { bySamples } from './by-samples.ts';
import { uniform } from './uniform.ts';

export const aggregators = {
  samples: bySamples,
  uniform,
} as const satisfies Record<string, Aggregator<OwnSettings>>;
