import { describe, expect, it } from 'vitest';
import { Rng } from '../random.ts';
import { candidatesOf, numbers, selectionContext } from '../testing/candidates.ts';
import { powerOfChoice } from './power-of-choice.ts';

const rounds = 3000;
const times = (choose: (seed: number) => readonly number[]): Map<number, number> => {
  const count = new Map<number, number>();
  for (let seed = 0; seed < rounds; seed++) {
    for (const number of choose(seed)) count.set(number, (count.get(number) ?? 0) + 1);
  }
  return count;
};

describe('power-of-choice', () => {
  const losses = [0.3, 1.2, 0.1, 0.9, 1.5, 0.2, 0.7, 0.8];
  const observed = candidatesOf(8, (number) => ({ report: [3, losses[number - 1]] }));

  it('takes the highest losses when it looks at all', () => {
    const context = selectionContext(observed, { round: 4, wanted: 3, settings: { choiceFactor: 3 } });
    expect(numbers(powerOfChoice.select(context))).toEqual([2, 4, 5]);
  });

  it('holds a device without a report, or one that diverged, for the most lossy of all', () => {
    const fleet = candidatesOf(8, (number) =>
      number === 3 ? {} : { report: [3, number === 6 ? Number.NaN : losses[number - 1]] },
    );
    const context = selectionContext(fleet, { round: 4, wanted: 3, settings: { choiceFactor: 3 } });
    expect(numbers(powerOfChoice.select(context))).toEqual([3, 5, 6]);
  });

  it('with d = wanted does not look at the loss: it draws by the share of samples', () => {
    const fleet = candidatesOf(4, (number) => ({ samples: 100 * number, report: [3, 5 - number] }));
    const count = times((seed) =>
      numbers(
        powerOfChoice.select(selectionContext(fleet, { wanted: 1, rng: new Rng(seed), settings: { choiceFactor: 1 } })),
      ),
    );
    for (const number of [1, 2, 3, 4]) {
      expect(Math.abs((count.get(number) ?? 0) / rounds - number / 10)).toBeLessThan(0.03);
    }
  });

  it('draws by the share of samples while nobody was heard of, however many it looks at', () => {
    const fleet = candidatesOf(4, (number) => ({ samples: 100 * number }));
    const count = times((seed) =>
      numbers(powerOfChoice.select(selectionContext(fleet, { wanted: 1, rng: new Rng(seed) }))),
    );
    for (const number of [1, 2, 3, 4]) {
      expect(Math.abs((count.get(number) ?? 0) / rounds - number / 10)).toBeLessThan(0.03);
    }
  });

  it('the more it looks at, the higher the losses it takes', () => {
    const meanLoss = (choiceFactor: number) => {
      const count = times((seed) =>
        numbers(
          powerOfChoice.select(
            selectionContext(observed, { wanted: 2, rng: new Rng(seed), settings: { choiceFactor } }),
          ),
        ),
      );
      return [...count].reduce((sum, [number, n]) => sum + n * losses[number - 1], 0) / (2 * rounds);
    };
    const means = [1, 1.5, 2, 3, 4].map(meanLoss);
    expect(means).toEqual(means.toSorted((a, b) => a - b));
    expect(means[0]).toBeCloseTo(losses.reduce((a, b) => a + b) / 8, 1);
    expect(means[4]).toBeCloseTo((1.5 + 1.2) / 2, 9);
  });
});
