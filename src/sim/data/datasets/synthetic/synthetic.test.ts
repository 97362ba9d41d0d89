import { describe, expect, test } from 'vitest';
import { Rng } from '../../../random.ts';
import { classCounts } from '../../class-counts.ts';
import type { LabelledData } from '../../dataset.ts';
import { synthetic } from './synthetic.ts';
import { distributionOf, labelOf } from './synthetic-source.ts';

const rng = new Rng('synthetic');
const settingsOf = (
  alpha: number,
  beta: number,
  syntheticModels: 'around-one' | 'published' | 'iid' = 'around-one',
) => ({
  syntheticModels,
  syntheticAlpha: alpha,
  syntheticBeta: beta,
});
const open = (settings: ReturnType<typeof settingsOf>, devices = 30) =>
  synthetic.open({ devices, rng, settings, readAsset: async () => '' });
const ownShare = (samples: number) => ({ samples, mix: new Float64Array(10).fill(0.1), ownGroup: true });

const column = ({ features }: LabelledData, j: number) => features.filter((_, i) => i % 60 === j);
const meanOf = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0) / values.length;
const varianceOf = (values: Float32Array) => meanOf(values.map((value) => (value - meanOf(values)) ** 2));

/** Share of standard normal points to which two devices give different labels. */
function disagreement(alpha: number, models: 'around-one' | 'published' | 'iid' = 'around-one'): number {
  const draws = new Rng('points');
  const points = Array.from({ length: 400 }, () => Float32Array.from({ length: 60 }, () => draws.normal()));
  const [one, other] = [1, 2].map((id) => distributionOf(id, settingsOf(alpha, 1, models), rng));
  return points.filter((point) => labelOf(one, point) !== labelOf(other, point)).length / points.length;
}

test('feature j of a device varies by j^−1.2 around the device’s own mean', async () => {
  const data = (await open(settingsOf(1, 1))).take(3, ownShare(4000));
  const { mean } = distributionOf(3, settingsOf(1, 1), rng);
  for (const j of [0, 1, 4, 19, 59]) {
    const variance = (j + 1) ** -1.2;
    expect(varianceOf(column(data, j)) / variance).toBeGreaterThan(0.9);
    expect(varianceOf(column(data, j)) / variance).toBeLessThan(1.1);
    expect(Math.abs(meanOf(column(data, j)) - mean[j])).toBeLessThan(4 * Math.sqrt(variance / 4000));
  }
});

test('the devices’ means vary by 1 + β² and by β² together', () => {
  for (const beta of [0, 0.5, 2]) {
    const means = Array.from({ length: 400 }, (_, i) => distributionOf(i + 1, settingsOf(1, beta), rng).mean);
    const all = meanOf(means.map((mean) => meanOf(mean.map((value) => value ** 2))));
    expect(Math.abs(all - (1 + beta ** 2)) / (1 + beta ** 2)).toBeLessThan(0.15);
    const offsets = varianceOf(Float32Array.from(means, meanOf));
    expect(Math.abs(offsets - (beta ** 2 + 1 / 60))).toBeLessThan(0.15 * (beta ** 2 + 1 / 60));
  }
});

describe('the devices’ rules', () => {
  test('are one for α = 0, and differ the more the larger α is', () => {
    const apart = [0, 0.1, 0.5, 1, 2].map((alpha) => disagreement(alpha));
    expect(apart[0]).toBe(0);
    expect(apart).toEqual([...apart].sort((a, b) => a - b));
    expect(new Set(apart).size).toBe(5);
  });

  test('as published have nothing in common, and a common u_k changes no label whatever α is', () => {
    expect(disagreement(0, 'published')).toBeGreaterThan(0.8);
    expect(disagreement(2, 'published')).toBe(disagreement(0, 'published'));
    const draws = new Rng('shift');
    for (let i = 0; i < 50; i++) {
      const own = distributionOf(i + 1, settingsOf(1, 1, 'published'), rng);
      const u = 2 * draws.normal();
      const shifted = { ...own, weights: own.weights.map((w) => w + u), bias: own.bias.map((b) => b + u) };
      const x = Float32Array.from({ length: 60 }, () => draws.normal());
      expect(labelOf(shifted, x)).toBe(labelOf(own, x));
    }
  });

  test('in the IID variant are one, and so are the features’ means', () => {
    const [one, other] = [1, 2].map((id) => distributionOf(id, settingsOf(2, 2, 'iid'), rng));
    expect(one).toEqual(other);
    expect(one.mean.every((value) => value === 0)).toBe(true);
  });
});

/** How far a device's classes are from all devices', half the sum of the differences, on average. */
async function skew(alpha: number, beta: number, models: 'around-one' | 'iid' = 'around-one'): Promise<number> {
  const source = await open(settingsOf(alpha, beta, models));
  const apart = Array.from({ length: 30 }, (_, i) => {
    const counts = classCounts(source.take(i + 1, ownShare(200)), 10);
    return counts.reduce((sum, count, label) => sum + Math.abs(count / 200 - source.prior[label]), 0) / 2;
  });
  return meanOf(apart);
}

test('devices hold other classes than all together, and in the IID variant the same', async () => {
  expect(await skew(1, 1)).toBeGreaterThan(0.5);
  expect(await skew(1, 1, 'iid')).toBeLessThan(0.2);
});

test('a device that draws from all has the mix of all; from its own place its own, of few classes', async () => {
  const source = await open(settingsOf(1, 1));
  const mixed = classCounts(source.take(1, { ...ownShare(2000), ownGroup: false }), 10);
  expect(Math.max(...mixed.map((count, label) => Math.abs(count / 2000 - source.prior[label])))).toBeLessThan(0.05);
});

test('the test set is of all devices alike', async () => {
  const { test: held } = await open(settingsOf(0, 2), 4);
  const means = [0, 1, 2, 3].map((device) => {
    const own = held.features.filter((_, i) => Math.floor(i / 60) % 4 === device);
    return { got: meanOf(own), wanted: meanOf(distributionOf(device + 1, settingsOf(0, 2), rng).mean) };
  });
  for (const { got, wanted } of means) expect(Math.abs(got - wanted)).toBeLessThan(0.05);
});
