import { describe, expect, it } from 'vitest';
import { defaultsOf, settingsOfAll } from '../experiment/variants.ts';
import { trainingMemory } from '../fleet/memory.ts';
import { Rng } from '../random.ts';
import { logisticRegression, microCnn, tinyMlp } from '../testing/models.ts';
import { initialWeights, type ModelSpec, modelKinds, modelKindsFor, modelSpec, models, withUnits } from './models.ts';

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

describe('a model of another task', () => {
  const task = { features: 60, classes: 10 };

  it('has as many inputs and outputs as the task asks for', () => {
    const shapesOf = ({ tensors }: ModelSpec) => tensors.map(({ shape }) => shape.join('×'));
    expect(shapesOf(tinyMlp([20, 8, 12], 0, 0, task))).toEqual([
      ...['20×60', '20', '8×20', '8', '12×8', '12', '10×12', '10'],
    ]);
    expect(shapesOf(microCnn(0, task))).toEqual(['8×1×3', '8', '16×8×3', '16', '10×64', '10']);
    expect(shapesOf(logisticRegression(0, task))).toEqual(['10×60', '10']);
    expect(microCnn(0, task).forwardMacs).toBe(60 * (24 + 384) + 640);
  });

  it('logistic regression has one dense layer and no hidden units; a rank that is smaller makes two of it', () => {
    expect(logisticRegression().parameters).toBe(85);
    expect(logisticRegression().units).toEqual([]);
    expect(logisticRegression(2, task).parameters).toBe(2 * 70 + 10);
    expect(logisticRegression(4)).toEqual(logisticRegression());
  });

  it('one to four hidden layers, each of its own width or as wide as the first', () => {
    const build = (hiddenLayers: number, more = {}) =>
      modelSpec('tiny-mlp', task, {
        ...defaultsOf(settingsOfAll(models)),
        ...{ hiddenLayers, hidden: 12 },
        ...more,
      }).units;
    expect([1, 2, 3, 4].map((layers) => build(layers))).toEqual([[12], [12, 12], [12, 12, 12], [12, 12, 12, 12]]);
    expect(build(4, { hidden2: 5, hidden4: 7 })).toEqual([12, 5, 12, 7]);
    expect(build(1, { hidden2: 5 })).toEqual([12]);
  });

  it('keeps less with checkpointing, the less the more layers there are', () => {
    for (const widths of [[16], [16, 16], [16, 8, 16], [16, 16, 16, 16]]) {
      const { activationsPerSample, checkpointsPerSample, largestSegment } = tinyMlp(widths);
      expect(activationsPerSample - checkpointsPerSample - largestSegment).toBe(
        widths.reduce((sum, width) => sum + width, 0) + (widths.at(-1) ?? 0) - 32,
      );
    }
  });

  it('is refused in one sentence where the task has too few features', () => {
    expect(() => microCnn(0, { features: 2, classes: 3 })).toThrow(
      'model.kind micro-cnn needs at least 3 features; the data set has 2.',
    );
    expect(modelKindsFor({ features: 2 })).not.toContain('micro-cnn');
    expect(modelKindsFor({ features: 2 })).toContain('tiny-mlp');
    expect(modelKindsFor({ features: 3 })).toContain('micro-cnn');
  });
});

it.each(modelKinds)('%s is found under its own id, and builds itself for the smallest and the largest task', (kind) => {
  const { id, minFeatures } = models[kind];
  expect(id).toBe(kind);
  const settings = {
    ...defaultsOf(settingsOfAll(models)),
    hiddenLayers: 4,
    hidden: 8,
    hidden2: 0,
    hidden3: 3,
    hidden4: 1,
    dropout: 0.1,
    rank: 2,
  };
  for (const task of [
    { features: minFeatures, classes: 2 },
    { features: 256, classes: 32 },
  ]) {
    const model = modelSpec(kind, task, settings);
    expect(model).toMatchObject({ kind, ...task });
    expect(model.tensors.at(-1)?.shape).toEqual([task.classes]);
    expect(model.layers.map(({ activation }) => activation)).toEqual([...model.units.map(() => 'relu'), 'linear']);
    expect(withUnits(model, model.units)).toEqual(model);
  }
});
