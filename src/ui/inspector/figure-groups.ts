// A device's figures by what they are of, as its card lists them.

import type { DeviceFigure } from '../../sim/fleet/figures.ts';

export const figureGroups: readonly { readonly title: string; readonly figures: readonly DeviceFigure[] }[] = [
  { title: 'Compute, memory and storage', figures: ['computeRate', 'memory', 'storage', 'firmware'] },
  { title: 'Link', figures: ['uplink', 'downlink', 'latency', 'loss'] },
  {
    title: 'Power',
    figures: [
      'activePower',
      'idlePower',
      'transmitPower',
      'transmitSlope',
      'receivePower',
      'receiveSlope',
      'wakeEnergy',
    ],
  },
  { title: 'Battery', figures: ['battery', 'batteryVoltage'] },
];
