// How messages are packed, tier by tier.

import * as z from 'zod/mini';
import { adaptivePolicies } from '../../compression/adaptive/index.ts';
import { choice, integer, number } from '../settings.ts';
import { choicesOf, settingsOfAll } from '../variants.ts';
import { downlink, uplink } from './pipeline.ts';

export const compression = z.strictObject({
  payload: choice(
    [
      { id: 'update', label: 'Update' },
      { id: 'weights', label: 'Weights' },
    ],
    {
      default: 'update',
      label: 'Devices send',
      help: 'The update is what training changed: small numbers, so a codec errs less. The tutorial sends the weights.',
      live: true,
    },
  ),
  adapt: choice(choicesOf(adaptivePolicies), {
    default: 'fixed',
    label: 'Devices choose their codec',
    help: 'By what a device picks its codec from a ladder that goes from FP32 to the largest 1 % in INT8.',
    live: true,
  }),
  ...settingsOfAll(adaptivePolicies),
  momentum: number({
    default: 0,
    min: 0,
    max: 0.99,
    step: 0.01,
    label: 'Momentum correction',
    help: 'With error feedback, devices accumulate the velocity of their updates, not the updates (Lin et al. 2018).',
    live: true,
  }),
  warmUp: integer({
    default: 0,
    min: 0,
    max: 20,
    step: 1,
    unit: 'rounds',
    label: 'Warm-up of the share kept',
    help: 'Devices keep more in the first rounds and less in each, down to their share (Lin et al. 2018).',
    live: true,
  }),
  device: uplink('device → gateway'),
  gateway: uplink('gateway → fog'),
  fog: uplink('fog → cloud'),
  down: downlink('back down'),
});
