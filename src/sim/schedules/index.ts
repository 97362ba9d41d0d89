// The registry of energy-aware schedules: one file and one line each.

import type { OwnSettings } from '../experiment/variants.ts';
import { batteryScaled } from './battery-scaled.ts';
import { fixed } from './fixed.ts';
import type { Schedule } from './schedule.ts';
import { stretch } from './stretch.ts';
import { threshold } from './threshold.ts';
import { whileCharging } from './while-charging.ts';

export const schedules = {
  fixed,
  'battery-scaled': batteryScaled,
  threshold,
  'while-charging': whileCharging,
  stretch,
} as const satisfies Record<string, Schedule<OwnSettings>>;
