import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultsOf } from '../experiment/variants.ts';
import { entryOf, type LocalOptimiser, optimiserOf, optimisers } from './index.ts';
import type { Algebra } from './optimiser.ts';

const arrays: Algebra<readonly number[]> = {
  add: (a, b) => a.map((value, i) => value + b[i]),
  multiply: (a, b) => a.map((value, i) => value * b[i]),
  divide: (a, b) => a.map((value, i) => value / b[i]),
  scale: (a, factor) => a.map((value) => value * factor),
  addConstant: (a, constant) => a.map((value) => value + constant),
  squareRoot: (a) => a.map(Math.sqrt),
};

/** The directions of a sequence of gradients. */
function directions(optimiser: LocalOptimiser, gradients: readonly (readonly number[])[]): (readonly number[])[] {
  let state: readonly (readonly number[])[] = [];
  return gradients.map((gradient, index) => {
    const own = entryOf(optimiser).step(arrays, gradient, state, optimiser, index + 1);
    state = own.state;
    return own.direction;
  });
}

const plainAdam: LocalOptimiser = { id: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };

const examples: readonly LocalOptimiser[] = [
  ...Object.values(optimisers).map(({ id, settings }) => ({ id, ...defaultsOf(settings) }) as LocalOptimiser),
  { id: 'sgd', momentum: 0.9 },
];
const gradients = [
  [1, -2, 0.5],
  [0.2, -1, 3],
  [-1, 0, 3],
  [0.1, 0.1, -0.1],
];

it('every entry has its own id, and words', () => {
  for (const [id, entry] of Object.entries(optimisers)) {
    expect(entry.id).toBe(id);
    expect(entry.help).toMatch(/\.$/);
  }
});

describe.each(examples)('$id', (optimiser) => {
  const entry = entryOf(optimiser);

  it('keeps as much as it says', () => {
    const { state } = entry.step(arrays, gradients[0], [], optimiser, 1);
    expect(state).toHaveLength(entry.stateFloats(optimiser));
  });

  it('is homogeneous if it says so', () => {
    const scaled = directions(
      optimiser,
      gradients.map((gradient) => gradient.map((value) => 4 * value)),
    );
    const times4 = directions(optimiser, gradients).map((direction) => direction.map((value) => 4 * value));
    if (entry.isHomogeneous) expect(scaled).toEqual(times4);
    else expect(scaled).not.toEqual(times4);
  });

  it('is read from the settings of local training', () => {
    const { id, ...own } = optimiser;
    expect(optimiserOf(Object.assign({ optimiser: id, unrelated: 7 }, own))).toEqual(optimiser);
  });
});

it('SGD with momentum is v ← μ v + g, from v = g', () => {
  expect(directions({ id: 'sgd', momentum: 0.5 }, [[1], [1], [1]])).toEqual([[1], [1.5], [1.75]]);
});

it('Adam is PyTorch’s: the lerp of m, the addcmul of v, and the step size over the corrected denominator', () => {
  const [beta1, beta2, epsilon] = [0.9, 0.99, 1e-3];
  let [m, v] = [0, 0];
  const own = gradients.map(([g], index) => {
    const step = index + 1;
    m += (1 - beta1) * (g - m);
    v = beta2 * v + (1 - beta2) * g * g;
    const denominator = Math.sqrt(v) / Math.sqrt(1 - beta2 ** step) + epsilon;
    return m / (1 - beta1 ** step) / denominator;
  });
  directions({ id: 'adam', beta1, beta2, epsilon }, gradients).forEach(([direction], step) => {
    expect(direction).toBeCloseTo(own[step], 12);
  });
});

it('Adam’s first step is the gradient’s sign, whatever its size', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-3, max: 1e3, noNaN: true }), fc.boolean(), (size, isUp) => {
      const [[direction]] = directions(plainAdam, [[isUp ? size : -size]]);
      expect(direction).toBeCloseTo(isUp ? 1 : -1, 4);
    }),
  );
});
