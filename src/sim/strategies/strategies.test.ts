import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultsOf, type OwnSettings, settingsOfAll } from '../experiment/variants.ts';
import { fedAdagrad } from './fed-adagrad.ts';
import { fedAdam } from './fed-adam.ts';
import { fedAvg } from './fed-avg.ts';
import { fedAvgM } from './fed-avg-m.ts';
import { fedYogi } from './fed-yogi.ts';
import { strategies } from './index.ts';
import type { Strategy } from './strategy.ts';

const settings = {
  ...defaultsOf(settingsOfAll(strategies)),
  serverLearningRate: 0.5,
  serverMomentum: 0.9,
  adaptiveLearningRate: 0.1,
  serverBeta1: 0.8,
  serverBeta2: 0.9,
  adaptivity: 0.01,
};

const plain = { tensors: {}, participation: 1 };

/** The weights after each of several averaged updates, and the last state. */
function rounds<State>(
  strategy: Strategy<State, OwnSettings>,
  start: readonly number[],
  updates: readonly (readonly number[])[],
  own = settings,
) {
  let weights = Float32Array.from(start);
  let state = strategy.serverInit(start.length);
  const all = updates.map((update) => {
    const next = strategy.serverStep(state, { ...plain, weights, update: Float32Array.from(update), settings: own });
    weights = Float32Array.from(next.weights);
    state = next.state;
    return [...weights];
  });
  return { all, state };
}

const values = fc.array(fc.float({ min: -1, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 });
const severalUpdates = fc.array(values, { minLength: 1, maxLength: 6 });

describe.each(Object.entries(strategies))('%s', (id, strategy: Strategy<unknown, OwnSettings>) => {
  it('has its own id, words and source', () => {
    expect(strategy.id).toBe(id);
    expect(strategy.help).toMatch(/\.$/);
    expect(strategy.source).toMatch(/\d{4}$/);
  });

  it('keeps plain data: going on from a copy of its state makes the same weights, and what it was given stays', () => {
    fc.assert(
      fc.property(values, severalUpdates, values, (start, before, last) => {
        const { all, state } = rounds(strategy, start, before);
        const weights = Float32Array.from(all[all.length - 1]);
        const given = { ...plain, weights, update: Float32Array.from(last), settings };
        const copy = structuredClone({ state, given });
        const next = strategy.serverStep(state, given);
        expect({ state, given }).toEqual(copy);
        expect(strategy.serverStep(copy.state, copy.given)).toEqual(next);
      }),
    );
  });

  it('does not move without a first update', () => {
    expect(rounds(strategy, [1, -2], [[0, 0]]).all).toEqual([[1, -2]]);
  });

  it('reads the settings that it names, and no others', () => {
    const updates = [
      [1, -0.5],
      [0.2, 0.3],
      [-1, 0.1],
    ];
    const before = rounds(strategy, [1, -2], updates).all;
    for (const name of Object.keys(settings) as (keyof typeof settings)[]) {
      const other = rounds(strategy, [1, -2], updates, { ...settings, [name]: 0.33 }).all;
      if (!(name in strategy.settings)) expect(other).toEqual(before);
      // Where devices have a half of their own it may be the one that reads it.
      else if (!strategy.client) expect(other).not.toEqual(before);
    }
  });
});

describe('FedAvgM', () => {
  it('with β = 0 is FedAvg, to the bit', () => {
    fc.assert(
      fc.property(
        values,
        severalUpdates,
        fc.float({ min: Math.fround(0.01), max: 2, noNaN: true }),
        (start, updates, rate) => {
          const own = { ...settings, serverLearningRate: rate, serverMomentum: 0 };
          expect(rounds(fedAvgM, start, updates, own).all).toEqual(rounds(fedAvg, start, updates, own).all);
        },
      ),
    );
  });

  it('is v ← β v + Δ; x ← x + η v (Hsu et al. 2019)', () => {
    const own = { ...settings, serverMomentum: 0.5, serverLearningRate: 1 };
    // v = 1, 1.5, 0.75: the last round has an update of 0, and moves on.
    expect(rounds(fedAvgM, [0], [[1], [1], [0]], own).all).toEqual([[1], [2.5], [3.25]]);
  });
});

/** Algorithm 2 of Reddi et al. 2021 as it is written there, in 64 bits. */
function algorithm2(
  rule: 'adagrad' | 'yogi' | 'adam',
  start: readonly number[],
  updates: readonly (readonly number[])[],
) {
  const { adaptiveLearningRate: eta, serverBeta1: beta1, serverBeta2: beta2, adaptivity: tau } = settings;
  return start.map((x0, i) => {
    let [x, m, v] = [x0, 0, tau ** 2];
    return updates.map((update) => {
      const delta = update[i];
      m = beta1 * m + (1 - beta1) * delta;
      if (rule === 'adagrad') v = v + delta ** 2;
      if (rule === 'yogi') v = v - (1 - beta2) * delta ** 2 * Math.sign(v - delta ** 2);
      if (rule === 'adam') v = beta2 * v + (1 - beta2) * delta ** 2;
      x = x + (eta * m) / (Math.sqrt(v) + tau);
      return x;
    });
  });
}

describe.each([
  ['adagrad', fedAdagrad],
  ['yogi', fedYogi],
  ['adam', fedAdam],
] as const)('Algorithm 2 with %s', (rule, strategy) => {
  it('is computed as it is written', () => {
    fc.assert(
      fc.property(values, severalUpdates, (start, updates) => {
        const wanted = algorithm2(rule, start, updates);
        rounds(strategy, start, updates).all.forEach((weights, round) => {
          weights.forEach((weight, i) => {
            expect(Math.abs(weight - wanted[i][round])).toBeLessThan(1e-4);
          });
        });
      }),
    );
  });

  it('bounds the first move: whatever the update, at most about η (1 − β₁) ÷ √(1 − β₂)', () => {
    const { adaptiveLearningRate: eta, serverBeta1: beta1, serverBeta2: beta2 } = settings;
    const most = (eta * (1 - beta1)) / Math.sqrt(rule === 'adagrad' ? 1 : 1 - beta2);
    fc.assert(
      fc.property(fc.float({ min: -1e4, max: 1e4, noNaN: true }), (delta) => {
        const [[moved]] = rounds(strategy, [0], [[delta]]).all;
        expect(Math.abs(moved)).toBeLessThanOrEqual(most * 1.0001);
      }),
    );
  });
});

it('Yogi’s v falls by a share of Δ², and rises by as much: the sign of v − Δ² says which', () => {
  const squareAfter = (updates: readonly (readonly number[])[]) => rounds(fedYogi, [0], updates).state.square?.[0] ?? 0;
  const rising = squareAfter([[1]]);
  expect(rising).toBeCloseTo(0.01 ** 2 + 0.1, 6);
  // 0.04 < v: it falls by (1 − β₂) × 0.04, where Adam's would fall by (1 − β₂) × (v − 0.04).
  expect(squareAfter([[1], [0.2]])).toBeCloseTo(rising - 0.1 * 0.04, 6);
});

it('FedAdagrad’s steps become smaller under one update repeated without momentum', () => {
  const own = { ...settings, serverBeta1: 0 };
  const { all } = rounds(
    fedAdagrad,
    [0],
    Array.from({ length: 5 }, () => [0.3]),
    own,
  );
  const steps = all.map(([x], i) => x - (i === 0 ? 0 : all[i - 1][0]));
  expect(steps).toEqual(steps.toSorted((a, b) => b - a));
});
