// The registry of charging sources: one file and one line each.

import type { OwnSettings } from '../../experiment/variants.ts';
import type { Charging } from './charging.ts';
import { mains } from './mains.ts';
import { none } from './none.ts';
import { overnight } from './overnight.ts';
import { solar } from './solar.ts';

export const chargings = {
  none,
  mains,
  solar,
  overnight,
} as const satisfies Record<string, Charging<OwnSettings>>;
