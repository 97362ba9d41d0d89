import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseExperiment } from '../experiment/parse-experiment.ts';
import { samplesIn, shortages } from './data-distribution.ts';
import { sampleCount } from './dataset.ts';
import { dataDistribution, openFederation } from './federation.ts';

const csv = readFileSync(new URL('../../../node_modules/vega-datasets/data/weather.csv', import.meta.url), 'utf8');
const open = (data: object, others: object = {}) =>
  openFederation(parseExperiment({ data, ...others }), async () => csv);

describe('what the page and the command line say of the data', () => {
  it('is nothing where there is enough', async () => {
    const federation = await open({ dataset: 'tutorial-noise' });
    expect(shortages(dataDistribution(federation), 100)).toEqual([]);
  });

  it('says what the data set has for each device, and who holds less because a class ran out', async () => {
    const data = { dataset: 'weather-stations', partition: 'classes', classesPerDevice: 1, samplesPerDevice: 100 };
    const federation = await open(data);
    const dealt = dataDistribution(federation);
    const held = [...federation.data.values()].map(sampleCount);
    expect(dealt.devices.length).toBe(30);
    expect([...dealt.devices.keys()].map((row) => samplesIn(dealt, row))).toEqual(held);
    expect([...new Set(dealt.requested)]).toEqual([72]);
    const short = held.filter((count) => count < 72);
    // Drizzle, fog and snow: three of five classes, and six devices of each.
    expect(short).toHaveLength(18);
    expect(shortages(dealt, 100)).toEqual([
      'The data set has 72 samples for each device, not 100.',
      `18 of 30 devices hold ${Math.min(...short)} to ${Math.max(...short)} of 72 samples: a class ran out, and no other stands in.`,
    ]);
    expect(shortages(dealt, 72)).toHaveLength(1);
  });

  it('counts the public samples off what devices can have', async () => {
    const families = { assignment: 'by-rule', publicSamples: 512 };
    const federation = await open(
      { dataset: 'weather-stations', partition: 'iid', samplesPerDevice: 100 },
      { families },
    );
    // 2,186 rows, of which 512 are the cloud's.
    expect(shortages(dataDistribution(federation), 100)[0]).toBe(
      'The data set has 55 samples for each device, not 100.',
    );
  });
});
