// One suite for every policy of the registry, then what each of them is for. Power-of-choice and Oort have files of their own.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OwnSettings } from '../experiment/variants.ts';
import { Rng } from '../random.ts';
import { candidate, candidatesOf, numbers, selectionContext, testSettings } from '../testing/candidates.ts';
import { selections } from './index.ts';
import { weightedShuffle } from './order.ts';
import { resourceScore } from './resource-aware.ts';
import type { Candidate, Selection } from './selection.ts';

const positive = (min: number, max: number) => fc.double({ min, max, noNaN: true });

const anyCandidate = (number: number): fc.Arbitrary<Candidate> =>
  fc
    .record({
      samples: fc.integer({ min: 0, max: 500 }),
      battery: positive(0, 1),
      time: positive(0, 1e5),
      report: fc.option(fc.tuple(fc.integer({ min: 1, max: 50 }), fc.oneof(positive(0, 10), fc.constant(Number.NaN))), {
        nil: undefined,
      }),
      figures: fc.record({ computeRate: positive(0.01, 1e4), memory: positive(1, 1e7), uplink: positive(0.1, 1e7) }),
    })
    .map(({ report, ...given }) => candidate(number, report ? { ...given, report } : given));

const anyContext: fc.Arbitrary<ReturnType<typeof selectionContext>> = fc
  .uniqueArray(fc.integer({ min: 1, max: 1000 }), { maxLength: 40 })
  .chain((found) => {
    const ids = found.toSorted((a, b) => a - b);
    return fc
      .record({
        candidates: fc.tuple(...ids.map(anyCandidate)),
        wanted: fc.integer({ min: 0, max: ids.length }),
        round: fc.integer({ min: 51, max: 60 }),
        deadline: fc.oneof(fc.constant(Number.POSITIVE_INFINITY), positive(0.1, 1e5)),
        settings: fc.record({
          requestFraction: positive(0.01, 1),
          choiceFactor: positive(1, 10),
          exploration: positive(0, 1),
          slownessPenalty: positive(0, 5),
          batteryFloor: positive(0, 1),
          cpuWeight: positive(0, 1),
          memoryWeight: positive(0, 1),
          batteryWeight: positive(0, 1),
          bandwidthWeight: positive(0, 1),
        }),
        seed: fc.integer(),
      })
      .map(({ candidates, seed, ...rest }) => selectionContext(candidates, { ...rest, rng: new Rng(seed) }));
  });

const policies: readonly (readonly [string, Selection<OwnSettings>])[] = Object.entries(selections);

describe.each(policies)('%s', (id, policy) => {
  it('is found under its own id and says what it does', () => {
    expect(policy.id).toBe(id);
    expect(policy.label.length).toBeGreaterThan(3);
    expect(policy.help).toMatch(/^\p{Lu}.*\.$/u);
  });

  it('chooses candidates, each once, in the order of their numbers, and no more than wanted', () => {
    fc.assert(
      fc.property(anyContext, (context) => {
        const chosen = policy.select(context);
        expect(chosen.every((each) => context.candidates.includes(each))).toBe(true);
        expect(numbers(chosen)).toEqual([...new Set(numbers(chosen))].sort((a, b) => a - b));
        if ('fraction' in policy.settings) expect(chosen.length).toBeLessThanOrEqual(context.wanted);
      }),
    );
  });

  it('chooses as many as are wanted where no deadline, no floor and no share forbids it', () => {
    fc.assert(
      fc.property(anyContext, (context) => {
        const open = {
          ...context,
          deadline: Number.POSITIVE_INFINITY,
          settings: { ...context.settings, batteryFloor: 0, requestFraction: 1 },
        };
        expect(policy.select(open).length).toBe(
          'fraction' in policy.settings ? context.wanted : context.candidates.length,
        );
      }),
    );
  });

  it('is pure: it changes nothing it was given and gives the same again', () => {
    fc.assert(
      fc.property(anyContext, (context) => {
        Object.freeze(context.candidates);
        expect(policy.select(context)).toEqual(policy.select(context));
      }),
      { numRuns: 30 },
    );
  });
});

describe('drawing by lot', () => {
  const weights = new Map([1, 2, 3].map((number) => [number, number]));
  const weightOf = ({ device }: Candidate) => weights.get(device.number) ?? 0;
  const fleet = candidatesOf(3);
  const draws = Array.from({ length: 6000 }, (_, seed) => numbers(weightedShuffle(fleet, weightOf, new Rng(seed))));
  const shareOf = (holds: (draw: number[]) => boolean) => draws.filter(holds).length / draws.length;

  it('draws first with probability ∝ weight, then likewise among the rest', () => {
    for (const first of [1, 2, 3]) expect(shareOf((draw) => draw[0] === first)).toBeCloseTo(first / 6, 1);
    expect(Math.abs(shareOf((draw) => draw[0] === 3) - 3 / 6)).toBeLessThan(0.02);
    // 3 first, then 1 of the remaining 1 + 2.
    expect(Math.abs(shareOf((draw) => draw[0] === 3 && draw[1] === 1) - (3 / 6) * (1 / 3))).toBeLessThan(0.02);
  });

  it('draws weight 0 last', () => {
    expect(
      numbers(weightedShuffle(candidatesOf(4), ({ device }) => (device.number === 2 ? 0 : 1), new Rng(1))).at(-1),
    ).toBe(2);
  });
});

describe('random', () => {
  it('gives all the same chance', () => {
    const times = new Map<number, number>();
    for (let round = 1; round <= 2000; round++) {
      const chosen = selections.random.select(selectionContext(candidatesOf(20), { rng: new Rng(round) }));
      for (const number of numbers(chosen)) times.set(number, (times.get(number) ?? 0) + 1);
    }
    for (const count of times.values()) expect(Math.abs(count / 2000 - 5 / 20)).toBeLessThan(0.05);
    expect(times.size).toBe(20);
  });

  it('leaves the others’ draws alone when a device goes or comes', () => {
    const fleet = candidatesOf(20);
    const chosen = numbers(selections.random.select(selectionContext(fleet)));
    for (const gone of numbers(fleet)) {
      const rest = fleet.filter(({ device }) => device.number !== gone);
      const again = numbers(selections.random.select(selectionContext(rest)));
      expect(again).toEqual(expect.arrayContaining(chosen.filter((number) => number !== gone)));
    }
  });
});

describe('round-robin', () => {
  it('takes first those that never took part, then those that waited longest, ties by number', () => {
    const fleet = candidatesOf(6, (number) => (number <= 4 ? { report: [[9, 7, 7, 8][number - 1], 1] } : {}));
    const taken = (wanted: number) => numbers(selections['round-robin'].select(selectionContext(fleet, { wanted })));
    expect(taken(2)).toEqual([5, 6]);
    expect(taken(3)).toEqual([2, 5, 6]);
    expect(taken(5)).toEqual([2, 3, 4, 5, 6]);
  });

  it('lets everyone take part equally often', () => {
    const last = new Map<number, number>();
    const times = new Map<number, number>();
    for (let round = 1; round <= 12; round++) {
      const fleet = candidatesOf(8, (number) => (last.has(number) ? { report: [last.get(number) ?? 0, 1] } : {}));
      for (const number of numbers(selections['round-robin'].select(selectionContext(fleet, { round, wanted: 2 })))) {
        last.set(number, round);
        times.set(number, (times.get(number) ?? 0) + 1);
      }
    }
    expect([...times.values()]).toEqual(new Array(8).fill(3));
  });
});

describe('FedCS', () => {
  it('never picks a device that misses the deadline, and of all picks whoever fits if as many are wanted', () => {
    fc.assert(
      fc.property(anyContext, (context) => {
        const fitting = context.candidates.filter(({ estimate }) => estimate.total <= context.deadline);
        expect(fitting).toEqual(expect.arrayContaining([...selections['fed-cs'].select(context)]));
        const settings = { ...context.settings, requestFraction: 1 };
        const ofAll = selections['fed-cs'].select({ ...context, settings });
        expect(ofAll.length).toBe(Math.min(context.wanted, fitting.length));
      }),
    );
  });

  it('takes the fastest: nobody left out is faster than one taken', () => {
    const fleet = candidatesOf(6, (number) => ({ time: [5, 3, 8, 1, 9, 4][number - 1] }));
    expect(numbers(selections['fed-cs'].select(selectionContext(fleet, { wanted: 3 })))).toEqual([2, 4, 6]);
    expect(numbers(selections['fed-cs'].select(selectionContext(fleet, { wanted: 3, deadline: 3 })))).toEqual([2, 4]);
  });

  it('looks at a random share, rounded up: it takes others each round, and of each share the fastest', () => {
    const fleet = candidatesOf(30, (number) => ({ time: number }));
    const taken = (wanted: number, seed: number) =>
      numbers(
        selections['fed-cs'].select(
          selectionContext(fleet, { wanted, rng: new Rng(seed), settings: { requestFraction: 0.31 } }),
        ),
      );
    const times = new Map<number, number>();
    for (let seed = 0; seed < 300; seed++) {
      const all = taken(30, seed);
      expect(all).toHaveLength(10);
      expect(taken(3, seed)).toEqual(all.slice(0, 3));
      for (const number of all) times.set(number, (times.get(number) ?? 0) + 1);
    }
    for (let number = 1; number <= 30; number++) expect(times.get(number) ?? 0).toBeGreaterThan(50);
  });

  it('of a share takes as many as make the deadline', () => {
    const fleet = candidatesOf(30, (number) => ({ time: number }));
    const settings = { requestFraction: 0.5 };
    for (let seed = 0; seed < 20; seed++) {
      const rng = new Rng(seed);
      const requested = numbers(selections['fed-cs'].select(selectionContext(fleet, { wanted: 30, rng, settings })));
      const chosen = numbers(
        selections['fed-cs'].select(selectionContext(fleet, { wanted: 30, deadline: 12, rng, settings })),
      );
      expect(chosen).toEqual(requested.filter((number) => number <= 12));
    }
  });

  it('asks nobody where nobody fits', () => {
    expect(selections['fed-cs'].select(selectionContext(candidatesOf(5), { deadline: 9 }))).toEqual([]);
  });
});

describe('battery-aware', () => {
  it('takes the fullest, and nobody below the floor', () => {
    const fleet = candidatesOf(6, (number) => ({ battery: [0.5, 0.19, 0.2, 0.9, 0.1, 0.6][number - 1] }));
    const taken = (wanted: number) => numbers(selections['battery-aware'].select(selectionContext(fleet, { wanted })));
    expect(taken(2)).toEqual([4, 6]);
    expect(taken(6)).toEqual([1, 3, 4, 6]);
  });

  it('asks nobody where all are below the floor', () => {
    const fleet = candidatesOf(6, () => ({ battery: 0.1 }));
    expect(selections['battery-aware'].select(selectionContext(fleet))).toEqual([]);
  });
});

describe('resource-aware', () => {
  const only = (weight: Partial<typeof testSettings>) => ({
    ...testSettings,
    cpuWeight: 0,
    memoryWeight: 0,
    batteryWeight: 0,
    bandwidthWeight: 0,
    ...weight,
  });
  const fleet = [
    candidate(1, { battery: 0.4, figures: { computeRate: 1000, memory: 10, uplink: 100 } }),
    candidate(2, { battery: 0.3, figures: { computeRate: 1, memory: 1000, uplink: 1000 } }),
    candidate(3, { battery: 0.9, figures: { computeRate: 10, memory: 100, uplink: 1 } }),
  ];

  it('with one weight, takes the best by that resource', () => {
    const best = (settings: typeof testSettings) =>
      numbers(selections['resource-aware'].select(selectionContext(fleet, { wanted: 1, settings })));
    expect(best(only({ cpuWeight: 1 }))).toEqual([1]);
    expect(best(only({ memoryWeight: 1 }))).toEqual([2]);
    expect(best(only({ bandwidthWeight: 1 }))).toEqual([2]);
    expect(best(only({ batteryWeight: 1 }))).toEqual([3]);
  });

  it('scales CPU, memory and bandwidth to 0 … 1 on a log scale, and adds them by their weights', () => {
    const cpu = resourceScore(fleet, only({ cpuWeight: 1 }));
    expect(fleet.map(cpu)[0]).toBeCloseTo(1, 12);
    expect(fleet.map(cpu)[1]).toBeCloseTo(0, 12);
    expect(fleet.map(cpu)[2]).toBeCloseTo(1 / 3, 12);
    expect(resourceScore(fleet, only({ cpuWeight: 2, memoryWeight: 3, batteryWeight: 0.5 }))(fleet[2])).toBeCloseTo(
      2 / 3 + 3 / 2 + 0.45,
      12,
    );
  });

  it('never prefers a device for having less', () => {
    fc.assert(
      fc.property(anyContext, positive(1, 10), (context, factor) => {
        if (context.candidates.length === 0) return;
        const score = resourceScore(context.candidates, context.settings);
        const [first] = context.candidates;
        const { figures } = first.device;
        const richer = {
          ...first,
          device: { ...first.device, figures: { ...figures, memory: figures.memory * factor } },
        };
        expect(score(richer)).toBeGreaterThanOrEqual(score(first) - 1e-12);
      }),
    );
  });
});
