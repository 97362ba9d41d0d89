// How links and devices come and go, and what gateways keep.

import * as z from 'zod/mini';
import { availabilities } from '../../network/availability/index.ts';
import { traces } from '../../network/traces/index.ts';
import { choice, toggle } from '../settings.ts';
import { choicesOf, settingsOfAll } from '../variants.ts';

export const network = z.strictObject({
  trace: choice(choicesOf(traces), {
    default: 'steady',
    label: 'Links vary',
    help: 'How the devices’ links change over the simulated clock.',
    live: true,
  }),
  ...settingsOfAll(traces),
  availability: choice(choicesOf(availabilities), {
    default: 'always',
    label: 'Devices are there',
    help: 'When a device can be reached.',
    live: true,
  }),
  ...settingsOfAll(availabilities),
  cache: toggle({
    default: true,
    label: 'Model cache at gateways',
    help: 'On: a model crosses to a gateway once a round, and is served from there. Off: every download crosses the whole path.',
    live: true,
  }),
});
