import { describe, expect, test } from 'vitest';
import { codecLabel } from '../../compression/codec-spec.ts';
import { applyChanges } from '../../experiment/edits.ts';
import { defaultExperiment, settings } from '../../experiment/experiment.ts';
import type { NumberSetting } from '../../experiment/settings.ts';
import { bytesUpOf, energyOfRound } from '../../record/record.ts';
import { collect, noiseData } from '../../testing/collect.ts';
import { type Measurement, paretoFront, RunAccumulator, toEfficiencyRows, verdictOn } from './efficiency.ts';
import { toCsv, toMarkdown, toPlainRows } from './export.ts';
import { pipelines } from './pipelines.ts';
import { seedsFrom } from './seeds.ts';
import { sampleStatistics } from './statistics.ts';

const small = { data: noiseData, fleet: { devicesPerGateway: 2 }, rounds: 7 };

const measurement = (id: string, bytesUp: number, accuracy: number, seed = 1): Measurement => ({
  id,
  seed,
  rounds: 60,
  bytesUp,
  bytesDown: 1000,
  upload: bytesUp / 10,
  uploadRaw: 7060,
  accuracy,
  energy: 12,
  time: 34,
});

describe('the pipelines', () => {
  test('are changes that the experiment takes, each with a name of its own', () => {
    expect(new Set(pipelines.map(({ id }) => id)).size).toBe(pipelines.length);
    for (const { changes } of pipelines) applyChanges(defaultExperiment, changes);
  });

  test('set every uplink, whatever was set before, and leave the downlink', () => {
    const odd = applyChanges(defaultExperiment, [
      { path: 'compression.device.sparsify', value: 'threshold' },
      { path: 'compression.fog.pack', value: 'deflate' },
      { path: 'compression.adapt', value: 'by-error' },
      { path: 'compression.down.quantise', value: 'int8' },
    ]);
    const labels = pipelines.slice(0, -1).map(({ id, changes }) => {
      const { compression } = applyChanges(odd, changes);
      expect(compression.adapt).toBe('fixed');
      expect(compression.down.quantise).toBe('int8');
      const [own, ...above] = [compression.device, compression.gateway, compression.fog].map(codecLabel);
      // Above a sparse uplink all that is not zero goes on.
      const expected = own.startsWith('top-k') ? 'non-zero + FP32' : own;
      expect(above).toEqual([expected, expected]);
      return [id, own];
    });
    expect(Object.fromEntries(labels)).toMatchObject({
      fp32: 'FP32',
      int8: 'INT8',
      int4: 'INT4',
      int2: 'INT2',
      'top-k-10': 'top-k 10 % + FP32',
      'top-k-10-feedback': 'top-k 10 % + FP32',
      'top-k-1': 'top-k 1 % + FP32',
      'top-k-1-feedback': 'top-k 1 % + FP32',
      'low-rank-4': 'rank 4 + FP32',
    });
    expect(applyChanges(odd, pipelines.at(-1)?.changes ?? [])).toEqual(odd);
  });
});

test('a run’s figures are those of its records', async () => {
  const records = await collect(small);
  const meter = new RunAccumulator();
  for (const record of records) meter.add(record);
  const result = meter.result('fp32', 1);
  const mean = (values: number[]) => values.reduce((a, b) => a + b) / values.length;
  expect(result).toMatchObject({ id: 'fp32', seed: 1, rounds: 7, uploadRaw: 7060, time: records[6].end });
  expect(result.bytesUp).toBeCloseTo(mean(records.map(bytesUpOf)), 6);
  expect(result.energy).toBeCloseTo(7 * mean(records.map(energyOfRound)), 6);
  expect(result.accuracy).toBeCloseTo(mean(records.slice(2).map(({ evaluation }) => evaluation.accuracy)), 9);
  // 1,765 floats, a header of 21 B and a checksum of 4 B.
  expect(result.upload).toBe(7085);
});

test('INT8 takes about a quarter of FP32 on the wire', async () => {
  const run = async (id: string) => {
    const meter = new RunAccumulator();
    const changes = pipelines.find((each) => each.id === id)?.changes ?? [];
    const experiment = applyChanges(applyChanges(defaultExperiment, []), changes);
    const records = await collect({ ...experiment, data: { ...experiment.data, ...noiseData }, rounds: 2 });
    for (const record of records) meter.add(record);
    return meter.result(id, 1);
  };
  const [, int8] = toEfficiencyRows([await run('fp32'), await run('int8')]);
  expect(int8.size.mean).toBeGreaterThan(0.25);
  expect(int8.size.mean).toBeLessThan(0.27);
  expect(int8.claim?.size).toBe('25 %');
});

/** One run for each accuracy, with the seeds 1, 2, … */
const runsOf = (id: string, bytesUp: number | readonly number[], accuracies: readonly number[]): Measurement[] =>
  accuracies.map((accuracy, index) =>
    measurement(id, typeof bytesUp === 'number' ? bytesUp : bytesUp[index], accuracy, index + 1),
  );

const frontOf = (...all: readonly Measurement[][]): string[] =>
  paretoFront(all.map((runs) => ({ id: runs[0].id, runs }))).map(({ id }) => id);

describe('the Pareto front', () => {
  test('of one seed holds those that none beats in both, from few bytes to many', () => {
    const points = [
      measurement('fp32', 1000, 0.9),
      measurement('int8', 260, 0.9),
      measurement('int4', 140, 0.85),
      measurement('int2', 80, 0.6),
      measurement('top-k-10', 150, 0.7),
    ];
    expect(frontOf(...points.map((point) => [point]))).toEqual(['int2', 'int4', 'int8']);
    expect(toEfficiencyRows(points).map(({ isOnFront }) => isOnFront)).toEqual([false, true, true, true, false]);
  });

  test('keeps twins', () => {
    expect(frontOf([measurement('a', 1, 0.5)], [measurement('b', 1, 0.5)])).toEqual(['a', 'b']);
    expect(frontOf(runsOf('a', 1, [0.5, 0.6]), runsOf('b', 1, [0.5, 0.6]))).toEqual(['a', 'b']);
  });

  test('leaves out what is better than a cheaper one on average, but not by more than the spread', () => {
    const cheap = runsOf('cheap', 100, [0.9, 0.9, 0.9]);
    // Gains of 3, −1 and 1 points: mean 1, sd 2.
    expect(frontOf(cheap, runsOf('dear', 200, [0.93, 0.89, 0.91]))).toEqual(['cheap']);
    // 3, 1 and 2: mean 2, sd 1.
    expect(frontOf(cheap, runsOf('dear', 200, [0.93, 0.91, 0.92]))).toEqual(['cheap', 'dear']);
  });

  test('compares seed with seed: what all seeds share is no spread', () => {
    const cheap = runsOf('cheap', 100, [0.8, 0.9, 0.7]);
    expect(frontOf(cheap, runsOf('dear', 200, [0.81, 0.91, 0.71]))).toEqual(['cheap', 'dear']);
  });

  test('takes bytes within their spread as the same bytes: the better of two stays', () => {
    const worse = runsOf('worse', [100, 104, 96], [0.8, 0.81, 0.8]);
    const better = runsOf('better', [102, 99, 101], [0.9, 0.91, 0.9]);
    expect(frontOf(worse, better)).toEqual(['better']);
  });

  test('compares only seeds that both were measured with', () => {
    const half = runsOf('half', 200, [0.95]);
    expect(frontOf(runsOf('whole', 100, [0.9, 0.99, 0.99]), half)).toEqual(['whole', 'half']);
    expect(frontOf([measurement('a', 1, 0.9, 1)], [measurement('b', 2, 0.8, 2)])).toEqual(['a', 'b']);
  });
});

test('among the best are all that none beats by more than the spread', () => {
  const rows = toEfficiencyRows([
    ...runsOf('fp32', 1000, [0.9, 0.92, 0.91]),
    ...runsOf('int8', 260, [0.91, 0.91, 0.9]),
    ...runsOf('int2', 80, [0.8, 0.82, 0.81]),
  ]);
  expect(rows.map(({ isAmongBest }) => isAmongBest)).toEqual([true, true, false]);
  const one = toEfficiencyRows([measurement('fp32', 1000, 0.9), measurement('int8', 260, 0.91)]);
  expect(one.map(({ isAmongBest }) => isAmongBest)).toEqual([false, true]);
});

describe('a row', () => {
  test('is a mean over the seeds, with its sample standard deviation', () => {
    const [row] = toEfficiencyRows(runsOf('fp32', [100, 102, 104], [0.9, 0.92, 0.94]));
    expect(row.seeds).toEqual([1, 2, 3]);
    expect(row.accuracy.mean).toBeCloseTo(0.92, 12);
    expect(row.accuracy.sd).toBeCloseTo(0.02, 12);
    expect(row.bytesUp).toMatchObject({ mean: 102, sd: 2 });
  });

  test('has a drop of paired differences: of each seed against FP32 with that seed', () => {
    const rows = toEfficiencyRows([
      ...runsOf('fp32', 1000, [0.9, 0.8, 0.7]),
      ...runsOf('int4', 140, [0.87, 0.78, 0.66]),
    ]);
    expect(rows[1].drop.mean).toBeCloseTo(0.03, 12);
    // Of .03, .02 and .04; the accuracies themselves spread by .105.
    expect(rows[1].drop.sd).toBeCloseTo(0.01, 12);
    expect(rows[0].drop).toMatchObject({ mean: 0, sd: 0 });
  });

  test('has an unknown drop before FP32 is measured, and an unknown spread of one seed', () => {
    expect(toEfficiencyRows([measurement('int4', 140, 0.87)])[0].drop.mean).toBeNaN();
    expect(toEfficiencyRows([measurement('int4', 140, 0.87)])[0].accuracy.sd).toBeNaN();
    const [, int4] = toEfficiencyRows([measurement('fp32', 1000, 0.9, 1), ...runsOf('int4', 140, [0.87, 0.5])]);
    expect(int4.drop).toMatchObject({ count: 1 });
  });
});

test('a claim holds or not only beyond the spread', () => {
  const drops = (...values: number[]) => sampleStatistics(values.map((points) => points / 100));
  expect(verdictOn(drops(0.2, 0.4, 0.6), 1)).toBe('holds');
  expect(verdictOn(drops(0.2, 0.8, 1.4), 1)).toBe('undecided');
  expect(verdictOn(drops(2, 3, 4), 1)).toBe('does not hold');
  expect(verdictOn(drops(0), 1)).toBe('undecided');
});

test('seeds follow one another, and after the largest comes the smallest', () => {
  expect(seedsFrom(7, 3)).toEqual([7, 8, 9]);
  const { max } = settings.get('seed') as NumberSetting;
  expect(seedsFrom(max, 2)).toEqual([max, 0]);
});

describe('the table as text', () => {
  const rows = toEfficiencyRows([...runsOf('fp32', 1000, [0.9, 0.92]), ...runsOf('top-k-1', 140, [0.8712, 0.8812])]);

  test('is CSV with a head and a line a row', () => {
    const lines = toCsv(rows).split('\r\n');
    expect(lines[0]).toBe(
      'Pipeline,Rounds,Seeds,Bytes up a round,"Bytes up a round, sd",Bytes down a round,Bytes of one device upload,"Size, % of FP32",Size claimed by the tutorial,"Accuracy, %","Accuracy sd, points","Drop from FP32, points","Drop sd, points",Drop claimed by the tutorial,"Energy of all devices (modelled), J","Simulated time (modelled), s",On the Pareto front',
    );
    expect(lines[1]).toBe('FP32,60,2,1000,0,1000,100,100.0,100 %,91.00,1.41,0.00,0.00,0 %,12.000,34.000,yes');
    expect(lines[2]).toMatch(/^top-k 1 %,60,2,140,0,1000,14,14\.0,,87\.62,0\.71,3\.38,0\.71,,/);
    expect(lines).toHaveLength(4);
  });

  test('is Markdown with as many cells in every line', () => {
    const lines = toMarkdown(rows).trim().split('\n');
    expect(new Set(lines.map((line) => line.split('|').length))).toEqual(new Set([16]));
    expect(lines[3]).toContain('| 87.62 ± 0.71 | 3.38 ± 0.71 |');
  });

  test('says nothing of the spread of one seed', () => {
    const one = toEfficiencyRows([measurement('fp32', 1000, 0.9)]);
    expect(toMarkdown(one)).toContain('| 90.00 | 0.00 |');
    expect(toCsv(one)).toContain(',90.00,,0.00,,');
    expect(toPlainRows(one)[0]).toMatchObject({ accuracy: { mean: 0.9, sd: null }, seeds: [1], on_front: true });
  });
});
