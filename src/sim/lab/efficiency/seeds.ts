// The seeds of repeated runs.

import { settings } from '../../experiment/experiment.ts';

/** What the table offers; the first is an anecdote. */
export const seedCounts = [1, 3, 5, 10] as const;

/** `count` seeds from the first on: seed, seed + 1, …; after the largest comes the smallest. */
export function seedsFrom(first: number, count: number): number[] {
  const setting = settings.get('seed');
  if (setting?.kind !== 'number') throw new Error('The seed is a number.');
  const { min, max } = setting;
  return Array.from({ length: count }, (_, index) => min + ((first - min + index) % (max - min + 1)));
}
