import { expect, it } from 'vitest';
import { depthOf, guessingLoss, pieOf, tintOf } from './device-fill.ts';

it('a pie’s slices are as wide as the classes’ shares, and empty classes have none', () => {
  expect(pieOf([3, 0, 1])).toBe(
    'conic-gradient(var(--class-0) 0.000turn 0.750turn, var(--class-2) 0.750turn 1.000turn)',
  );
  expect(pieOf([])).toBe('none');
  expect(pieOf([0, 0])).toBe('none');
});

it('the tint deepens from guessing to no loss, and no further', () => {
  for (const classes of [2, 5, 32]) {
    expect(depthOf(guessingLoss(classes), classes)).toBe(0);
    expect(depthOf(5, classes)).toBe(0);
    expect(depthOf(0, classes)).toBe(1);
  }
  expect(tintOf(0)).toContain(' 0%');
  expect(tintOf(1)).toContain(' 55%');
});
