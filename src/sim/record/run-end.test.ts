import { expect, it } from 'vitest';
import { isLastRound, targetSentence } from './run-end.ts';

const after = (round: number, accuracy: number) => ({ round, evaluation: { accuracy } });

it.each([
  ['its last round', after(10, 0.5), 0, true],
  ['a round before', after(9, 1), 0, false],
  ['the target', after(3, 0.9), 0.9, true],
  ['less than the target', after(3, 0.899), 0.9, false],
])('a run ends with %s or goes on', (_, record, targetAccuracy, ends) => {
  expect(isLastRound(record, { rounds: 10, targetAccuracy })).toBe(ends);
});

it('says why it ended early, and nothing where it did not', () => {
  expect(targetSentence(after(3, 0.9037), { rounds: 10, targetAccuracy: 0.9 })).toBe(
    'Round 3 reached the target accuracy of 90 % with 90.4 %: the run ends.',
  );
  expect(targetSentence(after(10, 0.95), { rounds: 10, targetAccuracy: 0.9 })).toBeNull();
  expect(targetSentence(after(3, 0.95), { rounds: 10, targetAccuracy: 0 })).toBeNull();
});
