import { expect, it } from 'vitest';
import { parseExperiment } from '../../sim/experiment/parse-experiment.ts';
import { collect, noiseData } from '../../sim/testing/collect.ts';
import { storageWarnings } from './storage-warnings.ts';

const warningsFor = async (figures: object) => {
  const settings = { data: noiseData, rounds: 1, fleet: { figures } };
  const [record] = await collect(settings);
  return storageWarnings(record, parseExperiment(settings));
};

it('there are none where all devices fit', async () => {
  expect(await warningsFor({})).toEqual([]);
});

it('name the devices left out, the bytes that are missing, and the samples that would fit', async () => {
  // 7,060 B of model; 14 × 1,024 B hold 112 samples of 65 B beside it, 13 × 1,024 B hold 96.
  expect(await warningsFor({ 'kind:arduino': { storage: 13, firmware: 0 } })).toEqual([
    'Out of storage: 10 devices are left out (Arduino). device-2 needs 13560 of 13312 B; 96 of its 100 samples would fit.',
  ]);
  expect(await warningsFor({ 'device-1': { storage: 6, firmware: 0 } })).toEqual([
    'Out of storage: device-1 is left out (ESP32). device-1 needs 13560 of 6144 B; it would not fit with any number of samples.',
  ]);
});
