// Lessons about devices, batteries and links. What is said of each was found by running it with seed 1: `npm run simulate` gives
// the same figures.

import type { Change } from '../experiment/edits.ts';
import type { Lesson } from './lesson.ts';

/** Thirty fast boards, three of them on a slow link. */
const stragglers: readonly Change[] = [
  { path: 'fleet.mix', value: ['raspberry-pi'] },
  {
    path: 'fleet.figures',
    value: Object.fromEntries(['device-5', 'device-15', 'device-25'].map((id) => [id, { uplink: 50, downlink: 50 }])),
  },
  { path: 'selection.deadline', value: 0.5 },
];

/** With one class a device and seed 1 these are all that hold the fifth class. */
const holdersOfTheFifth = ['device-3', 'device-6', 'device-12', 'device-17', 'device-21', 'device-30'];

export const deviceLessons: readonly Lesson[] = [
  {
    id: 'rescue',
    label: 'Rescue an Arduino',
    about: 'A batch of 32 does not fit ten boards of 32 kB: select one, and see what would.',
    changes: [{ path: 'training.batchSize', value: 32 }],
  },
  {
    id: 'year',
    label: 'A year on a battery',
    about: 'Two rounds a day: it is the sleep current that ends the first boards after 66 days, not the training.',
    changes: [
      { path: 'rounds', value: 730 },
      { path: 'power.interval', value: 43_200 },
      { path: 'fleet.mix', value: ['mkr-wifi-1010', 'nano-33-ble', 'esp32-datasheet', 'pico-w', 'stm32f746'] },
    ],
  },
  {
    id: 'stragglers',
    label: 'Three stragglers',
    about: 'Three slow links make every round last 2.35 s: close at a deadline of 0.5 s instead.',
    changes: stragglers,
  },
  {
    id: 'buffered',
    label: 'Buffered asynchronous',
    about: 'The same stragglers and nobody waits: the cloud makes a step of every 15 updates, whoever sent them.',
    changes: [
      ...stragglers,
      { path: 'aggregation.mode', value: 'fed-buff' },
      { path: 'aggregation.buffer', value: 15 },
    ],
  },
  {
    id: 'gateway',
    label: 'A gateway fails',
    about: 'Gateway 2 is off: switch it on again; then let gateways keep the model: 241 kB a round come down, not 638.',
    changes: [
      { path: 'fleet.off', value: ['gateway-2'] },
      { path: 'network.cache', value: false },
    ],
  },
  {
    id: 'lost-class',
    label: 'Slow devices hold a class',
    about:
      'FedCS, looking at all, asks the fastest, and never those that alone know bearing faults: choose at random instead.',
    changes: [
      { path: 'data.partition', value: 'classes' },
      { path: 'data.classesPerDevice', value: 1 },
      { path: 'selection.policy', value: 'fed-cs' },
      { path: 'selection.requestFraction', value: 1 },
      { path: 'fleet.mix', value: ['raspberry-pi'] },
      {
        path: 'fleet.figures',
        value: Object.fromEntries(holdersOfTheFifth.map((id) => [id, { uplink: 50, downlink: 50 }])),
      },
    ],
  },
  {
    id: 'families',
    label: 'Two model families',
    about: 'Fast boards take MicroCNN, small ones TinyMLP; the cloud keeps both in step by distillation.',
    changes: [{ path: 'families.assignment', value: 'by-rule' }],
  },
];
