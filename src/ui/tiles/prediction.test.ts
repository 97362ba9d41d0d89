import { describe, expect, test } from 'vitest';
import { dryRun } from '../../sim/engine/dry-run.ts';
import { applyChanges } from '../../sim/experiment/edits.ts';
import { defaultExperiment } from '../../sim/experiment/experiment.ts';
import { durationOf } from '../../sim/record/record.ts';
import { collect } from '../../sim/testing/collect.ts';
import { suggest } from './prediction.ts';

const experiment = { ...defaultExperiment, rounds: 1 };
const [record] = await collect(experiment);

describe('a rehearsal', () => {
  test('of the settings in use takes the time that the round took', async () => {
    expect(await dryRun(record, experiment)).toBeCloseTo(durationOf(record), 12);
  });

  test('of another codec takes the time that a run with it then takes', async () => {
    const suggestion = await suggest(record, experiment);
    expect(suggestion?.label).toBe('Try INT8 uplinks');
    const [changed] = await collect(applyChanges(experiment, suggestion?.changes ?? []));
    expect(suggestion?.seconds).toBeCloseTo(durationOf(changed), 12);
  });
});

describe('a suggestion', () => {
  test('is not made when the target is met by the present settings', async () => {
    const int8 = applyChanges(experiment, (await suggest(record, experiment))?.changes ?? []);
    expect(await suggest(record, int8)).toBeNull();
  });

  test('goes both ways where the uplinks alone are not enough', async () => {
    const slower = applyChanges(experiment, [{ path: 'fleet.figures', value: { 'kind:arduino': { downlink: 60 } } }]);
    expect((await suggest(record, slower))?.label).toBe('Try INT8 both ways');
  });

  test('is not made where no codec would meet the target', async () => {
    const slowest = applyChanges(experiment, [{ path: 'fleet.figures', value: { 'kind:arduino': { latency: 900 } } }]);
    expect(await suggest(record, slowest)).toBeNull();
  });
});
