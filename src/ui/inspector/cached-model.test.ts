import { describe, expect, it } from 'vitest';
import { applyChanges } from '../../sim/experiment/edits.ts';
import { defaultExperiment } from '../../sim/experiment/experiment.ts';
import { parseExperiment } from '../../sim/experiment/parse-experiment.ts';
import { collect, noise } from '../../sim/testing/collect.ts';
import { cachedSince, servesCopy, toCacheWords } from './cached-model.ts';

const cutFrom = (round: number) => ({ round, changes: [{ path: 'fleet.off', value: ['link:gateway-2'] }] });

describe('the model that a gateway keeps', () => {
  it('is the one it last received', async () => {
    const history = await collect({ data: noise, rounds: 4 }, { edits: [cutFrom(3)] });
    expect(cachedSince(history, defaultExperiment, 1)).toBe(4);
    expect(cachedSince(history, defaultExperiment, 2)).toBe(2);
    expect(cachedSince([], defaultExperiment, 2)).toBeNull();
  });

  it('is none while the cache is off', async () => {
    const experiment = { data: noise, rounds: 2, network: { cache: false } };
    const history = await collect(experiment);
    expect(cachedSince(history, parseExperiment(experiment), 1)).toBeNull();
    const edits = [{ round: 2, changes: [{ path: 'network.cache', value: true }] }];
    expect(cachedSince(await collect(experiment, { edits }), parseExperiment(experiment), 1)).toBe(2);
  });

  it('serves only where rounds are synchronous', () => {
    const buffered = applyChanges(defaultExperiment, [{ path: 'aggregation.mode', value: 'fed-buff' }]);
    expect(servesCopy(defaultExperiment, 2)).toBe(true);
    expect(servesCopy(defaultExperiment, null)).toBe(false);
    expect(servesCopy(buffered, 2)).toBe(false);
  });
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
