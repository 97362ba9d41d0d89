// The registry of traces: one file and one line each.

import type { OwnSettings } from '../../experiment/variants.ts';
import { bursts } from './bursts.ts';
import { dayNight } from './day-night.ts';
import { jitter } from './jitter.ts';
import { steady } from './steady.ts';
import type { Trace } from './trace.ts';

export const traces = {
  steady,
  jitter,
  'day-night': dayNight,
  bursts,
} as const satisfies Record<string, Trace<OwnSettings>>;
