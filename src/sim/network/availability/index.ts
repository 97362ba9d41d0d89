// The registry of availability patterns: one file and one line each.

import type { OwnSettings } from '../../experiment/variants.ts';
import { always } from './always.ts';
import type { Availability } from './availability.ts';
import { diurnal } from './diurnal.ts';
import { random } from './random.ts';

export const availabilities = {
  always,
  diurnal,
  random,
} as const satisfies Record<string, Availability<OwnSettings>>;
