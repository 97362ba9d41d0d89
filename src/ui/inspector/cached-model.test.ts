import { describe, expect, it } from 'vitest';
import { applyChanges } from '../../sim/experiment/edits.ts';
import { defaultExperiment } from '../../sim/experiment/experiment.ts';
import { parseExperiment } from '../../sim/experiment/parse-experiment.ts';
import { collect, noiseData } from '../../sim/testing/collect.ts';
import { cachedSince, servesCopy, toCacheWords } from './cached-model.ts';

const cutFrom = (round: number) => ({ round, changes: [{ path: 'fleet.off', value: ['link:gateway-2'] }] });

describe('the model that a gateway keeps', () => {
  it('is the one it last received', async () => {
    const history = await collect({ data: noiseData, rounds: 4 }, { edits: [cutFrom(3)] });
    expect(cachedSince(history, defaultExperiment, 1)).toBe(4);
    expect(cachedSince(history, defaultExperiment, 2)).toBe(2);
    expect(cachedSince([], defaultExperiment, 2)).toBeNull();
  });

  it('is none while the cache is off', async () => {
    const experiment = { data: noiseData, rounds: 2, network: { cache: false } };
    const history = await collect(experiment);
    expect(cachedSince(history, parseExperiment(experiment), 1)).toBeNull();
    const edits = [{ round: 2, changes: [{ path: 'network.cache', value: true }] }];
    expect(cachedSince(await collect(experiment, { edits }), parseExperiment(experiment), 1)).toBe(2);
  });

  it.each([{ mode: 'sync' }, { mode: 'fed-buff', buffer: 4 }, { mode: 'by-tier', buffer: 1 }])(
    'serves while the way up is cut, whoever waits for whom: %j',
    async (aggregation) => {
      expect(servesCopy(defaultExperiment, 2)).toBe(true);
      expect(servesCopy(defaultExperiment, null)).toBe(false);
      const fleet = { gatewaysPerFog: 2, devicesPerGateway: 3, mix: ['raspberry-pi'] };
      const edits = [{ round: 4, changes: [{ path: 'fleet.off', value: ['link:gateway-1'] }] }];
      const history = await collect({ data: noiseData, rounds: 8, fleet, aggregation }, { edits });
      expect(history.slice(4).some(({ devices }) => devices.bytesDown[0] > 0)).toBe(true);
      expect(history.slice(4).every(({ gateways }) => gateways.bytesDown[0] === 0)).toBe(true);
    },
  );
});

it('is told in a line', () => {
  const experiment = defaultExperiment;
  expect(toCacheWords({ experiment, since: 7, isOff: false, isCut: true })).toBe(
    'Serves from its own copy, received in round 7.',
  );
  expect(toCacheWords({ experiment, since: null, isOff: false, isCut: false })).toBe(
    'Has no model yet: needs the fog.',
  );
  const bare = applyChanges(experiment, [{ path: 'network.cache', value: false }]);
  expect(toCacheWords({ experiment: bare, since: null, isOff: false, isCut: false })).toMatch(/^Keeps no copy/);
});
