// Who takes part in a round, and when it closes.

import * as z from 'zod/mini';
import { selections } from '../../selection/index.ts';
import { choice, number, percent, toggle } from '../settings.ts';
import { choicesOf, settingsOfAll } from '../variants.ts';

export const selection = z.strictObject({
  policy: choice(choicesOf(selections), {
    default: 'everyone',
    label: 'Who takes part',
    help: 'Which of the devices that could train are asked to, each round.',
    live: true,
  }),
  ...settingsOfAll(selections),
  overSelect: number({
    default: 0,
    min: 0,
    max: 1,
    step: 0.05,
    ...percent,
    label: 'Over-selection',
    help: 'Asks so many more than wanted, and closes when enough have arrived; Bonawitz 2019 asks 30 % more.',
    live: true,
  }),
  closes: toggle({
    default: false,
    label: 'Close at a deadline',
    help: 'On: a gateway closes the round at the deadline; later updates are dropped, their energy was spent.',
    live: true,
  }),
  deadline: number({
    default: 1,
    min: 0.1,
    max: 86_400,
    step: 0.1,
    scale: 'log',
    unit: 's',
    label: 'Deadline',
    help: 'Seconds from the round’s start until gateways close.',
    live: true,
  }),
});
