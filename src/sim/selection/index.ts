// The registry of selection policies: one file and one line each.

import type { OwnSettings } from '../experiment/variants.ts';
import { batteryAware } from './battery-aware.ts';
import { everyone } from './everyone.ts';
import { fedCs } from './fed-cs.ts';
import { oort } from './oort.ts';
import { powerOfChoice } from './power-of-choice.ts';
import { random } from './random.ts';
import { resourceAware } from './resource-aware.ts';
import { roundRobin } from './round-robin.ts';
import type { Selection } from './selection.ts';

export const selections = {
  everyone,
  random,
  'round-robin': roundRobin,
  'fed-cs': fedCs,
  'power-of-choice': powerOfChoice,
  oort,
  'battery-aware': batteryAware,
  'resource-aware': resourceAware,
} as const satisfies Record<string, Selection<OwnSettings>>;
