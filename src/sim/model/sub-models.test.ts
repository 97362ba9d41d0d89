import { describe, expect, it } from 'vitest';
import { trainingMemory } from '../fleet/memory.ts';
import { Rng } from '../random.ts';
import { logisticRegression, microCnn, tinyMlp } from '../testing/models.ts';
import { countNonZero } from './masks.ts';
import { drawSubModel, subModelOf } from './sub-models.ts';

const task = { features: 9, classes: 3 };
const models = [
  tinyMlp(),
  microCnn(),
  tinyMlp(32, 0.1, 4),
  microCnn(4),
  tinyMlp([20], 0.1, 0, task),
  tinyMlp([16, 8, 24, 12], 0.1, 0, task),
  microCnn(0, task),
];

describe.each(models)('a sub-model of $label', (model) => {
  it('has as many weights as the small model of its architecture, in its shapes', () => {
    for (const keep of [0.25, 0.4, 0.5, 0.75]) {
      const small = subModelOf(model, keep);
      const { mask, shapes } = drawSubModel(model, keep, new Rng('draw'));
      expect(countNonZero(mask)).toBe(small.parameters);
      expect(shapes).toEqual(small.tensors.map(({ shape }) => shape));
    }
  });

  it('costs less memory and computing the fewer units it keeps', () => {
    const [all, half, quarter] = [1, 0.5, 0.25].map((keep) => subModelOf(model, keep));
    expect(all).toBe(model);
    for (const [more, less] of [
      [all, half],
      [half, quarter],
    ]) {
      expect(less.forwardMacs).toBeLessThan(more.forwardMacs);
      expect(trainingMemory(less, { batchSize: 16 })).toBeLessThan(trainingMemory(more, { batchSize: 16 }));
    }
  });

  it('is drawn by chance: the same of the same generator, and every weight sooner or later', () => {
    expect(drawSubModel(model, 0.5, new Rng('a'))).toEqual(drawSubModel(model, 0.5, new Rng('a')));
    expect(drawSubModel(model, 0.5, new Rng('a'))).not.toEqual(drawSubModel(model, 0.5, new Rng('b')));
    const seen = new Uint8Array(model.parameters);
    for (let i = 0; i < 60; i++) {
      const { mask } = drawSubModel(model, 0.5, new Rng(i));
      for (const [at, kept] of mask.entries()) if (kept) seen[at] = 1;
    }
    expect(seen.every((each) => each === 1)).toBe(true);
  });
});

it('of logistic regression is the model itself: there are no hidden units to leave out', () => {
  const model = logisticRegression();
  expect(subModelOf(model, 0.25).parameters).toBe(model.parameters);
  expect(countNonZero(drawSubModel(model, 0.25, new Rng('draw')).mask)).toBe(model.parameters);
});

it('leaves out all that goes into a unit and all that comes out of it', () => {
  const model = tinyMlp(4);
  const { mask } = drawSubModel(model, 0.5, new Rng('units'));
  const [fc1, bias1, fc2, bias2, fc3, bias3] = [0, 64, 68, 84, 88, 108].map((from, i, all) =>
    mask.subarray(from, all[i + 1] ?? mask.length),
  );
  expect([...bias1].reduce((sum, each) => sum + each, 0)).toBe(2);
  expect([...bias2].reduce((sum, each) => sum + each, 0)).toBe(2);
  expect(bias3.every((each) => each === 1)).toBe(true);
  for (let out = 0; out < 4; out++) {
    for (let i = 0; i < 16; i++) expect(fc1[out * 16 + i]).toBe(bias1[out]);
    for (let i = 0; i < 4; i++) expect(fc2[out * 4 + i]).toBe(bias2[out] & bias1[i]);
  }
  for (let out = 0; out < 5; out++) for (let i = 0; i < 4; i++) expect(fc3[out * 4 + i]).toBe(bias2[i]);
});

it('leaves out a filter’s four pooled values together', () => {
  const model = microCnn();
  const { mask } = drawSubModel(model, 0.5, new Rng('filters'));
  const [conv2Bias, fc] = [mask.subarray(416, 432), mask.subarray(432, 432 + 320)];
  for (let out = 0; out < 5; out++) for (let i = 0; i < 64; i++) expect(fc[out * 64 + i]).toBe(conv2Bias[i >> 2]);
});
