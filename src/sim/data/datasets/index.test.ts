// One suite for every dataset of the registry: what any source promises.

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { defaultsOf, type OwnSettings, settingsOfAll } from '../../experiment/variants.ts';
import { Rng } from '../../random.ts';
import { classCounts } from '../class-counts.ts';
import { type Dataset, sampleCount } from '../dataset.ts';
import { datasetIds, datasets } from './index.ts';

const csv = readFileSync(new URL('../../../../node_modules/vega-datasets/data/weather.csv', import.meta.url), 'utf8');
const readAsset = async () => csv;

describe.each(datasetIds)('%s', (id) => {
  const dataset = datasets[id];
  const open = (seed = 'contract') =>
    dataset.open({ devices: 6, rng: new Rng(seed), settings: defaultsOf(settingsOfAll(datasets)), readAsset });

  test('is found under its own id and names its classes and different features', () => {
    expect(dataset.id).toBe(id);
    expect(new Set(dataset.task.classNames).size).toBe(dataset.task.classes);
    expect(new Set(dataset.task.featureNames).size).toBe(dataset.task.features);
    expect(dataset.help.length).toBeGreaterThan(20);
  });

  test('the prior sums to one', async () => {
    expect((await open()).prior.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
  });

  test.each([true, false])('gives exactly what was asked for, finite (own group: %s)', async (ownGroup) => {
    const source = await open();
    for (const [i, samples] of [1, 16, 33, 100].entries()) {
      const data = source.take(i + 1, { samples, mix: source.prior, ownGroup });
      expect(sampleCount(data)).toBe(samples);
      expect(data.features).toHaveLength(samples * dataset.task.features);
      expect(data.features.every(Number.isFinite)).toBe(true);
      expect(data.labels.every((label) => label < dataset.task.classes)).toBe(true);
    }
  });

  const { partitionedByNature }: Dataset<OwnSettings> = dataset;
  const what = partitionedByNature
    ? 'a device has its own classes, whatever the mix'
    : 'a mix of one class is that class alone';
  test(what, async () => {
    const [one, even] = [await open(), await open()];
    const last = dataset.task.classes - 1;
    const mix = Float64Array.from({ length: dataset.task.classes }, (_, label) => (label === last ? 1 : 0));
    const share = { samples: 40, mix, ownGroup: true };
    const data = one.take(1, share);
    const counts = [...classCounts(data, dataset.task.classes)];
    if (partitionedByNature) expect(data).toEqual(even.take(1, { ...share, mix: even.prior }));
    else expect(counts).toEqual([...mix].map((part) => 40 * part));
  });

  test('same seed, same data; another seed, other data', async () => {
    const [a, b, c] = await Promise.all([open(), open(), open('another')]);
    const share = { samples: 50, mix: a.prior, ownGroup: true };
    const first = a.take(1, share);
    expect(b.take(1, share)).toEqual(first);
    expect(b.test).toEqual(a.test);
    expect(c.take(1, share).features).not.toEqual(first.features);
  });

  test('labels are not sorted', async () => {
    const source = await open();
    const { labels } = source.take(1, { samples: 60, mix: source.prior, ownGroup: false });
    expect([...labels]).not.toEqual([...labels].sort((a, b) => a - b));
  });
});
