// Lessons about what every byte buys. What is said of each was found by running it with seed 1 for 60 rounds: `npm run simulate`
// gives the same figures, and byte-lessons.test.ts holds them to it.

import type { Change } from '../../sim/edits.ts';
import type { Lesson } from './lesson.ts';

/** The device link sends its largest 1 %; above it goes what is not zero, so that nothing is left out twice. */
const largestHundredth: readonly Change[] = [
  { path: 'compression.device.sparsify', value: 'top-k' },
  { path: 'compression.device.keep', value: 0.01 },
  ...['gateway', 'fog'].flatMap((tier) => [
    { path: `compression.${tier}.sparsify`, value: 'threshold' },
    { path: `compression.${tier}.threshold`, value: 0 },
  ]),
];

export const byteLessons: readonly Lesson[] = [
  {
    id: 'error-memory',
    label: 'One value in a hundred',
    about:
      'Devices send their largest 1 % and forget the rest, 80 % after 60 rounds: with error feedback on device → gateway it is 89 %.',
    changes: largestHundredth,
  },
  {
    id: 'way-down',
    label: 'The way down',
    about:
      'Of 8 kB up and 241 kB down a round takes 0.66 s: set “back down” to Threshold 0 % and to send the difference, and it takes 0.24 s.',
    changes: [
      ...largestHundredth,
      { path: 'compression.device.feedback', value: true },
      { path: 'compression.down.threshold', value: 0 },
    ],
  },
  {
    id: 'payload',
    label: 'Weights or updates',
    about:
      'Four bits a weight, 75 % after 60 rounds: let devices send the update instead, and the same bytes bring 90 %.',
    changes: [
      { path: 'compression.payload', value: 'weights' },
      ...['device', 'gateway', 'fog'].map((tier) => ({ path: `compression.${tier}.quantise`, value: 'int4' })),
    ],
  },
];
