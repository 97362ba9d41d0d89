import { describe, expect, it } from 'vitest';
import { Rng } from '../random.ts';
import { type CandidateOptions, candidatesOf, numbers, selectionContext } from '../testing/candidates.ts';
import { explorationShare, oort, oortUtilities } from './oort.ts';
import type { Candidate } from './selection.ts';

/** How often each device is chosen, over many seeds. */
const frequencies = (fleet: readonly Candidate[], changes: Parameters<typeof selectionContext>[1], seeds = 1000) => {
  const count = new Map(fleet.map(({ device }) => [device.number, 0]));
  for (let seed = 0; seed < seeds; seed++) {
    for (const number of numbers(oort.select(selectionContext(fleet, { ...changes, rng: new Rng(seed) })))) {
      count.set(number, (count.get(number) ?? 0) + 1 / seeds);
    }
  }
  return (number: number) => count.get(number) ?? 0;
};
const utilitiesOf = (given: readonly CandidateOptions[], changes: Parameters<typeof selectionContext>[1]) => {
  const fleet = candidatesOf(given.length, (number) => given[number - 1]);
  const utilities = oortUtilities(selectionContext(fleet, changes));
  return fleet.map((each) => utilities.get(each) ?? Number.NaN);
};

describe('Oort’s utility', () => {
  it('is the loss that a device’s samples carry, relative to the most', () => {
    const [a, b, c] = utilitiesOf(
      [
        { samples: 100, report: [1, 2] },
        { samples: 50, report: [1, 2] },
        { samples: 100, report: [1, 0.5] },
      ],
      { round: 1 },
    );
    expect([a, b, c]).toEqual([1, 0.5, 0.25]);
  });

  it('grows by √(0.1 ln round ÷ last round): who was not heard for long is worth another look', () => {
    const [recent, old] = utilitiesOf([{ report: [20, 1] }, { report: [2, 1] }], { round: 21 });
    expect(recent).toBeCloseTo(1 + Math.sqrt((0.1 * Math.log(21)) / 20), 12);
    expect(old).toBeCloseTo(1 + Math.sqrt((0.1 * Math.log(21)) / 2), 12);
  });

  it('is times (T ÷ t)^α for those slower than T: the deadline, else the median estimate', () => {
    const given: CandidateOptions[] = [5, 10, 20].map((time) => ({ time, report: [1, 1] }));
    expect(utilitiesOf(given, { deadline: 8 })).toEqual([1, 0.8 ** 2, 0.4 ** 2]);
    expect(utilitiesOf(given, {})).toEqual([1, 1, 0.25]);
    expect(utilitiesOf(given, { settings: { slownessPenalty: 0 } })).toEqual([1, 1, 1]);
    expect(utilitiesOf([...given, { time: 30, report: [1, 1] }], { settings: { slownessPenalty: 1 } })[2]).toBe(0.75);
  });

  it('is clipped at the 95th percentile, so that one outlier does not take all', () => {
    const given: CandidateOptions[] = Array.from({ length: 20 }, (_, at) => ({ report: [1, at === 19 ? 1000 : 1] }));
    expect(utilitiesOf(given, { round: 1 })).toEqual(new Array(20).fill(1));
  });

  it('is unknown for a device without a report, or one that diverged', () => {
    expect(utilitiesOf([{ report: [1, 1] }, {}, { report: [1, Number.NaN] }], {})).toEqual([1, Number.NaN, Number.NaN]);
  });
});

describe('Oort', () => {
  it('explores at first: all picks go to devices without a report, the faster the likelier', () => {
    const fleet = candidatesOf(4, (number) => ({ time: 12 / number }));
    const frequency = frequencies(fleet, { wanted: 1 }, 4000);
    for (const number of [1, 2, 3, 4]) expect(Math.abs(frequency(number) - number / 10)).toBeLessThan(0.03);
  });

  it('explores ever less, down to a fifth', () => {
    expect(explorationShare(1, 0.9)).toBe(0.9);
    expect(explorationShare(11, 0.9)).toBeCloseTo(0.9 * 0.98 ** 10, 12);
    expect(explorationShare(1000, 0.9)).toBe(0.2);
  });

  it('spends just that share on devices without a report, while there are enough', () => {
    const fleet = candidatesOf(60, (number) => (number <= 30 ? { report: [1, 1] } : {}));
    const unknown = (round: number, exploration: number) =>
      numbers(oort.select(selectionContext(fleet, { round, wanted: 10, settings: { exploration } }))).filter(
        (n) => n > 30,
      );
    expect(unknown(1, 0.9).length).toBe(9);
    expect(unknown(1, 0.5).length).toBe(5);
    expect(unknown(500, 0.9).length).toBe(2);
  });

  it('fills up with the one kind where the other runs short', () => {
    const mostlyKnown = candidatesOf(20, (number) => (number <= 19 ? { report: [1, 1] } : {}));
    expect(numbers(oort.select(selectionContext(mostlyKnown, { wanted: 10 })))).toContain(20);
    expect(oort.select(selectionContext(mostlyKnown, { wanted: 10 })).length).toBe(10);
    const mostlyUnknown = candidatesOf(20, (number) => (number === 1 ? { report: [1, 1] } : {}));
    expect(oort.select(selectionContext(mostlyUnknown, { round: 500, wanted: 10 })).length).toBe(10);
  });

  it('prefers the lossy and the fast', () => {
    const round = 30;
    const lossy = candidatesOf(20, (number) => ({ report: [29, number <= 5 ? 2 : 0.5] }));
    const bySpeed = candidatesOf(20, (number) => ({ report: [29, 1], time: number <= 5 ? 10 : 40 }));
    for (const number of [1, 3, 5]) {
      expect(frequencies(lossy, { round, wanted: 5 }, 50)(number)).toBeCloseTo(1, 9);
      expect(frequencies(bySpeed, { round, wanted: 5, deadline: 20 }, 50)(number)).toBeCloseTo(1, 9);
    }
  });

  it('leaves a chance to those within 5 % of the last that would be taken, by utility, and none to the others', () => {
    const fleet = candidatesOf(4, (number) => ({ report: [1, [1, 0.96, 0.94, 0.5][number - 1]] }));
    const frequency = frequencies(fleet, { round: 1, wanted: 1 }, 4000);
    expect(Math.abs(frequency(1) - 1 / 1.96)).toBeLessThan(0.03);
    expect(Math.abs(frequency(2) - 0.96 / 1.96)).toBeLessThan(0.03);
    expect([frequency(3), frequency(4)]).toEqual([0, 0]);
  });

  it('draws with probability ∝ utility among those with a chance', () => {
    const fleet = candidatesOf(4, (number) => ({ report: [1, number === 1 ? 1 : 0.1] }));
    const frequency = frequencies(fleet, { round: 1, wanted: 2 }, 4000);
    expect(Math.abs(frequency(1) - (1 - (0.3 / 1.3) * (0.2 / 1.2)))).toBeLessThan(0.02);
  });
});
