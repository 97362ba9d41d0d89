import { expect, it } from 'vitest';
import { parseExperiment } from '../../sim/experiment/parse-experiment.ts';
import { buildTopology } from '../../sim/fleet/topology.ts';
import { collect, noiseData } from '../../sim/testing/collect.ts';
import { toFamilies } from './to-families.ts';

const figures = (fleet: object, training = {}) => {
  const experiment = parseExperiment({ fleet, training, families: { assignment: 'by-rule' } });
  return toFamilies(experiment, buildTopology(experiment.fleet), undefined);
};

it('counts who takes which model, who was given it, and who is too small for it', () => {
  const [mlp, cnn] = figures({});
  expect([mlp.devices, cnn.devices]).toEqual([10, 20]);
  expect([mlp.byHand, mlp.tooSmall, cnn.tooSmall]).toEqual([0, 0, 0]);
  expect(mlp.accuracy).toBeNaN();
  const [, given] = figures({ models: { 'device-2': 'micro-cnn' } });
  expect(given).toMatchObject({ devices: 21, byHand: 1, tooSmall: 1 });
  expect(figures({ mix: ['uno'] })[0]).toMatchObject({ devices: 30, tooSmall: 30 });
});

it('says what each family reached in the last round', async () => {
  const input = { data: noiseData, rounds: 1, families: { assignment: 'by-rule' } };
  const [record] = await collect(input);
  const experiment = parseExperiment(input);
  const families = toFamilies(experiment, buildTopology(experiment.fleet), record);
  expect(families.map(({ accuracy }) => accuracy)).toEqual(record.families.map(({ accuracy }) => accuracy));
});
