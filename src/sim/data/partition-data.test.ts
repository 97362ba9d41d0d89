import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { defaultsOf, settingsOfAll } from '../experiment/variants.ts';
import { Rng } from '../random.ts';
import { tutorialTask } from '../testing/models.ts';
import { classCounts } from './class-counts.ts';
import { sampleCount } from './dataset.ts';
import { datasetIds, datasets } from './datasets/index.ts';
import { deviceShareOf, type PartitionSettings, partitionIds, partitions } from './partition/index.ts';
import { partitionData as dealing } from './partition-data.ts';

const { classes: CLASSES } = tutorialTask;

const csv = readFileSync(new URL('../../../node_modules/vega-datasets/data/weather.csv', import.meta.url), 'utf8');
const rng = new Rng('deal');
const deal = (...all: Parameters<typeof dealing>) => new Map([...dealing(...all)].map(([id, { data }]) => [id, data]));
const ofDatasets = defaultsOf(settingsOfAll(datasets));
const settingsOf = (partition: PartitionSettings['partition']): PartitionSettings => ({
  ...defaultsOf(settingsOfAll(partitions)),
  partition,
  quantityBeta: 1,
  samplesPerDevice: 40,
  devices: 6,
});

describe.each(datasetIds.flatMap((id) => partitionIds.map((partition) => [id, partition] as const)))(
  '%s, %s',
  (id, partition) => {
    const settings = settingsOf(partition);
    const open = () =>
      datasets[id].open({ devices: 6, rng: rng.split('data'), settings: ofDatasets, readAsset: async () => csv });

    test('adding a device leaves all others their samples, in whatever order the ids come', async () => {
      const before = deal(await open(), settings, [1, 2, 3, 4, 5, 6], rng.split('partition'));
      const after = deal(await open(), settings, [7, 6, 5, 4, 3, 2, 1], rng.split('partition'));
      expect([...after.keys()]).toEqual([1, 2, 3, 4, 5, 6, 7]);
      for (const [device, data] of before) expect(after.get(device)).toEqual(data);
    });

    test('every device has something to train on', async () => {
      for (const data of deal(await open(), settings, [1, 2, 3, 4, 5, 6], rng).values()) {
        expect(sampleCount(data)).toBeGreaterThanOrEqual(8);
        const counts = classCounts(data, datasets[id].task.classes);
        expect(counts.reduce((a, b) => a + b, 0)).toBe(sampleCount(data));
      }
    });
  },
);

test('a finite source lowers the samples of a device to its fair part', async () => {
  const source = await datasets['weather-stations'].open({
    devices: 100,
    rng,
    settings: {},
    readAsset: async () => csv,
  });
  const dealt = deal(source, { ...settingsOf('iid'), samplesPerDevice: 1000 }, [1, 2, 3], rng);
  for (const data of dealt.values()) expect(sampleCount(data)).toBe(21);
});

test('in its own place a station sees its own city’s weather', async () => {
  const source = await datasets['weather-stations'].open({ devices: 2, rng, settings: {}, readAsset: async () => csv });
  const dealt = deal(source, { ...settingsOf('group'), samplesPerDevice: 1093 }, [1, 2], rng);
  const snow = datasets['weather-stations'].task.classNames.indexOf('snow');
  expect([1, 2].map((id) => dealt.get(id)?.labels.filter((label) => label === snow).length)).toEqual([26, 73]);
});

test('classes are counted by label', () => {
  expect([...classCounts({ features: new Float32Array(48), labels: Uint8Array.of(2, 0, 2) }, 4)]).toEqual([1, 0, 2, 0]);
});

const thirty = Array.from({ length: 30 }, (_, i) => i + 1);
const weather = (publicSamples = 0) =>
  datasets['weather-stations'].open({
    devices: 30,
    publicSamples,
    rng: rng.split('data'),
    settings: {},
    readAsset: async () => csv,
  });

test.each([true, false])(
  'thirty weather stations hold k classes each, never more (own city only: %s)',
  async (ownGroup) => {
    for (const classesPerDevice of [1, 2, 3]) {
      const settings = { ...settingsOf('classes'), classesPerDevice, ownGroup, samplesPerDevice: 500 };
      for (const data of deal(await weather(), settings, thirty, rng).values()) {
        expect(classCounts(data, CLASSES).filter((count) => count > 0).length).toBeLessThanOrEqual(classesPerDevice);
        expect(sampleCount(data)).toBeGreaterThanOrEqual(8);
      }
    }
  },
);

test('the mix that a weather station is dealt is the drawn one, up to rounding', async () => {
  for (const [alpha, ownGroup] of [
    [0.05, true],
    [0.1, false],
    [0.5, true],
    [100, false],
  ] as const) {
    const source = await weather();
    const settings = { ...settingsOf('dirichlet'), alpha, ownGroup, samplesPerDevice: 500 };
    const dealt = deal(source, settings, thirty, rng);
    for (const [id, data] of dealt) {
      const prior = (ownGroup ? source.groupPrior?.(id) : undefined) ?? source.prior;
      const { mix } = deviceShareOf(settings, id, prior, rng);
      const total = sampleCount(data);
      classCounts(data, CLASSES).forEach((count, label) => {
        // Each of the five counts is rounded.
        expect(Math.abs(count - total * mix[label])).toBeLessThan(CLASSES);
      });
    }
    const rows = [...dealt.values()].reduce((sum, data) => sum + sampleCount(data), 0);
    expect(rows).toBeGreaterThan(30 * 8);
  }
});

const rowsOf = (features: Float32Array, width: number) =>
  Array.from({ length: features.length / width }, (_, i) => features.slice(width * i, width * (i + 1)).join());

describe.each(datasetIds)('%s', (id) => {
  const { features: width } = datasets[id].task;
  test.each(partitionIds)(
    '%s: no public sample, and no test sample, is any device’s, also of one that is added',
    async (partition) => {
      const source = await datasets[id].open({
        devices: 8,
        publicSamples: 64,
        rng: rng.split('public'),
        settings: ofDatasets,
        readAsset: async () => csv,
      });
      const dealt = deal(source, { ...settingsOf(partition), samplesPerDevice: 300 }, [1, 2, 3, 4, 5, 6, 7, 8, 9], rng);
      const held = new Set([...dealt.values()].flatMap(({ features }) => rowsOf(features, width)));
      const open = rowsOf(source.unlabelled(64), width);
      expect(open).toHaveLength(64);
      expect(open.filter((row) => held.has(row))).toEqual([]);
      const tested = new Set(rowsOf(source.test.features, width));
      expect(open.filter((row) => tested.has(row))).toEqual([]);
      // Two days of weather can read alike; a row of the test year is none of the years before.
      if (id !== 'weather-stations') expect([...held].filter((row) => tested.has(row))).toEqual([]);
    },
  );
});
