// Lessons about what every byte buys. Their accuracies are means over several seeds, which `npm run accuracies` measures and writes;
// bytes and seconds hold for every seed, and byte-lessons.test.ts holds the lessons to them.

import type { Change } from '../experiment/edits.ts';
import type { Lesson } from './lesson.ts';
import { lessonAccuracies } from './lesson-accuracies.ts';

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
    about: `Devices send their largest 1 % and forget the rest, ${lessonAccuracies['one-in-a-hundred']} after 60 rounds: with error feedback on device → gateway it is ${lessonAccuracies['one-in-a-hundred-feedback']}.`,
    changes: largestHundredth,
  },
  {
    id: 'way-down',
    label: 'The way down',
    about:
      'Of 8 kB up and 241 kB down a round takes 0.66 s: set “back down” to Threshold 0 % and to send the difference, and it takes about a third of that.',
    changes: [
      ...largestHundredth,
      { path: 'compression.device.feedback', value: true },
      { path: 'compression.down.threshold', value: 0 },
    ],
  },
  {
    id: 'payload',
    label: 'Weights or updates',
    about: `Four bits a weight, ${lessonAccuracies['payload-weights']} after 60 rounds: let devices send the update instead, and the same bytes bring ${lessonAccuracies['payload-update']}.`,
    changes: [
      { path: 'compression.payload', value: 'weights' },
      ...['device', 'gateway', 'fog'].map((tier) => ({ path: `compression.${tier}.quantise`, value: 'int4' })),
    ],
  },
];
