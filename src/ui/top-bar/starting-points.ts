// Where a visitor may start from: fleets of several sizes for the present experiment, and whole experiments that each
// show one thing.

import type { Change } from '../../sim/experiment/edits.ts';
import type { FleetRule } from '../controls/fleet-rule.ts';

interface FleetSize {
  readonly label: string;
  readonly about: string;
  readonly rule: Omit<FleetRule, 'mix'>;
}

export const fleetSizes: readonly FleetSize[] = [
  { label: '3 devices', about: 'one gateway', rule: { fogs: 1, gatewaysPerFog: 1, devicesPerGateway: 3 } },
  { label: '30 devices', about: '3 gateways', rule: { fogs: 1, gatewaysPerFog: 3, devicesPerGateway: 10 } },
  { label: '100 devices', about: '2 fogs, 10 gateways', rule: { fogs: 2, gatewaysPerFog: 5, devicesPerGateway: 10 } },
  { label: '200 devices', about: '2 gateways', rule: { fogs: 1, gatewaysPerFog: 2, devicesPerGateway: 100 } },
  { label: '300 devices', about: '3 fogs, 15 gateways', rule: { fogs: 3, gatewaysPerFog: 5, devicesPerGateway: 20 } },
];

export interface StartingPoint {
  readonly label: string;
  readonly about: string;
  /** What differs from the default experiment. */
  readonly changes: readonly Change[];
}

export const startingPoints: readonly StartingPoint[] = [
  { label: 'Factory motors', about: '30 boards, full precision: slow links miss 1 s', changes: [] },
  {
    label: 'Weather of two cities',
    about: 'real measurements; each station knows one city',
    changes: [{ path: 'data.dataset', value: 'weather-stations' }],
  },
  {
    label: 'Nothing to learn',
    about: 'the tutorial’s random labels stay at 20 %',
    changes: [{ path: 'data.dataset', value: 'tutorial-noise' }],
  },
  {
    label: 'Two classes each',
    about: 'hard label skew: every device knows two of five',
    changes: [
      { path: 'data.partition', value: 'classes' },
      { path: 'data.classesPerDevice', value: 2 },
    ],
  },
  {
    label: 'Microcontrollers only',
    about: 'datasheet figures; memory and radio decide',
    changes: [{ path: 'fleet.mix', value: ['mkr-wifi-1010', 'nano-33-ble', 'esp32-datasheet', 'pico-w', 'stm32f746'] }],
  },
];
