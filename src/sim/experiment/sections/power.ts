// Batteries, chargers, and the schedules that spare them.

import * as z from 'zod/mini';
import { chargings } from '../../fleet/charging/index.ts';
import { schedules } from '../../schedules/index.ts';
import { choice, number, percent } from '../settings.ts';
import { choicesOf, settingsOfAll } from '../variants.ts';

export const power = z.strictObject({
  batteryStart: number({
    default: 1,
    min: 0.01,
    max: 1,
    step: 0.01,
    ...percent,
    label: 'Batteries at the start',
    help: 'Charge that every battery starts with: a low one shows a fleet’s end in a minute.',
    live: false,
  }),
  interval: number({
    default: 0,
    min: 0,
    max: 86_400,
    step: 60,
    unit: 's',
    label: 'A round every',
    help: 'Rounds begin this far apart, and devices sleep in between; 0: the next begins when one ends.',
    live: true,
  }),
  startHour: number({
    default: 8,
    min: 0,
    max: 23,
    step: 1,
    unit: 'h',
    label: 'Starts at',
    help: 'Hour of the day when the run begins: sun, night and habits depend on it.',
    live: false,
  }),
  charging: choice(choicesOf(chargings), {
    default: 'none',
    label: 'Charging',
    help: 'When batteries are charged.',
    live: true,
  }),
  ...settingsOfAll(chargings),
  chargePower: number({
    default: 500,
    min: 1,
    max: 20_000,
    step: 1,
    scale: 'log',
    unit: 'mW',
    label: 'Charger',
    help: 'Power that reaches a battery at full charge rate.',
    live: true,
  }),
  schedule: choice(choicesOf(schedules), {
    default: 'fixed',
    label: 'Energy schedule',
    help: 'How a device fits its local epochs to its battery.',
    live: true,
  }),
  ...settingsOfAll(schedules),
});
