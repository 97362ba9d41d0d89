import { expect, it } from 'vitest';
import { trainingMemory } from '../fleet/memory.ts';
import { Rng } from '../random.ts';
import { initialWeights, microCnn, tinyMlp } from './models.ts';

it('counts the tutorial’s parameters and multiply-accumulates', () => {
  expect(tinyMlp().parameters).toBe(1765);
  expect(tinyMlp().forwardMacs).toBe(1696);
  expect(microCnn().parameters).toBe(757);
  expect(microCnn().forwardMacs / tinyMlp().forwardMacs).toBeGreaterThan(4);
  expect(microCnn().forwardMacs / tinyMlp().forwardMacs).toBeLessThan(4.1);
});

it('draws start weights as PyTorch does: uniform within ±1/√fan-in', () => {
  const model = tinyMlp();
  const weights = initialWeights(model, new Rng(1));
  const fc1 = weights.subarray(0, 512);
  expect(Math.max(...fc1)).toBeLessThanOrEqual(0.25);
  expect(Math.max(...fc1)).toBeGreaterThan(0.24);
  const fc2 = weights.subarray(544, 544 + 1024);
  expect(Math.max(...fc2)).toBeLessThanOrEqual(1 / Math.sqrt(32));
});

it('low-rank layers stand where they are smaller, and cost what their narrow matrices do', () => {
  const low = tinyMlp(32, 0.1, 4);
  expect(low.tensors.map(({ name, shape }) => `${name} ${shape.join('×')}`)).toEqual([
    ...['fc1.u 4×16', 'fc1.v 32×4', 'fc1.bias 32'],
    ...['fc2.u 4×32', 'fc2.v 32×4', 'fc2.bias 32'],
    ...['fc3.u 4×32', 'fc3.v 5×4', 'fc3.bias 5'],
  ]);
  expect(low.parameters).toBe(4 * (48 + 64 + 37) + 69);
  expect(low.forwardMacs).toBe(4 * (48 + 64 + 37));
  expect(trainingMemory(low, { batchSize: 16 })).toBeLessThan(trainingMemory(tinyMlp(), { batchSize: 16 }));
  // 5 × (5 + 32) is more than 5 × 32, and from rank 16 on every layer is whole.
  expect(tinyMlp(32, 0.1, 5).ranks).toEqual([5, 5, 0]);
  expect(tinyMlp(32, 0.1, 16)).toEqual(tinyMlp());
  expect(microCnn(4).parameters).toBe(757 - 320 + 4 * 69);
  expect(microCnn(5)).toEqual(microCnn());
});

it('the product of low-rank start matrices has the variance of a whole layer’s', () => {
  for (const rank of [1, 3, 8]) {
    let sum = 0;
    let count = 0;
    for (let seed = 0; seed < 40; seed++) {
      const weights = initialWeights(tinyMlp(32, 0, rank), new Rng(seed));
      for (let o = 0; o < 32; o++) {
        for (let i = 0; i < 16; i++) {
          let entry = 0;
          for (let r = 0; r < rank; r++) entry += weights[rank * 16 + o * rank + r] * weights[r * 16 + i];
          sum += entry ** 2;
          count++;
        }
      }
    }
    expect(sum / count / (1 / 48)).toBeGreaterThan(0.9);
    expect(sum / count / (1 / 48)).toBeLessThan(1.1);
  }
});
