// How links and devices come and go, and what gateways keep.

import * as z from 'zod/mini';
import { availabilities } from '../../network/availability/index.ts';
import { traces } from '../../network/traces/index.ts';
import { choice, listOf, number, toggle } from '../settings.ts';

export const network = z.strictObject({
  trace: choice(listOf(traces), {
    default: 'steady',
    label: 'Links vary',
    help: 'How the devices’ links change over the simulated clock.',
    live: true,
  }),
  availability: choice(listOf(availabilities), {
    default: 'always',
    label: 'Devices are there',
    help: 'When a device can be reached.',
    live: true,
  }),
  meanOn: number({
    default: 3600,
    min: 1,
    max: 86_400,
    step: 1,
    scale: 'log',
    unit: 's',
    label: 'Mean time on',
    help: 'Mean seconds that a device stays on in the random pattern.',
    live: true,
  }),
  meanOff: number({
    default: 1200,
    min: 1,
    max: 86_400,
    step: 1,
    scale: 'log',
    unit: 's',
    label: 'Mean time off',
    help: 'Mean seconds that a device stays off in the random pattern.',
    live: true,
  }),
  cache: toggle({
    default: true,
    label: 'Model cache at gateways',
    help: 'On: a model crosses to a gateway once a round, and is served from there. Off: every download crosses the whole path.',
    live: true,
  }),
});
