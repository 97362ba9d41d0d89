import { expect, test } from 'vitest';
import { defaultExperiment } from '../../sim/experiment/experiment.ts';
import { aggregationSummary, intervalOptions, linksSummary, modelWords, powerSummary } from './summaries.ts';

const { network, power, aggregation, families, model } = defaultExperiment;

test('a plain run is summed up as such', () => {
  expect(linksSummary(network)).toBe('steady');
  expect(powerSummary(power)).toBe('full batteries');
  expect(aggregationSummary(defaultExperiment)).toBe('FedAvg');
  expect(modelWords(defaultExperiment)).toBe('dropout 10 %, one model for all');
});

test('a summary says what differs', () => {
  expect(linksSummary({ ...network, availability: 'random', cache: false })).toBe('Random on and off · no cache');
  expect(powerSummary({ ...power, batteryStart: 0.01, interval: 3600, charging: 'solar' })).toBe(
    'from 1 % · every hour · Solar',
  );
  const withAggregation = (changes: Partial<typeof aggregation>) =>
    aggregationSummary({ ...defaultExperiment, aggregation: { ...aggregation, ...changes } });
  expect(withAggregation({ mode: 'fed-buff', buffer: 5 })).toBe('FedBuff, 5 updates');
  expect(withAggregation({ mode: 'by-tier', buffer: 2 })).toBe('gateways wait, cloud every 2');
  expect(withAggregation({ gatewayRounds: 5 })).toBe('FedAvg · 5 gateway rounds');
  expect(withAggregation({ strategy: 'fed-adam' })).toBe('FedAdam');
  expect(withAggregation({ strategy: 'fed-adam', mode: 'fed-async' })).toBe('FedAsync');
  expect(withAggregation({ strategy: 'fed-yogi', mode: 'fed-buff', buffer: 5 })).toBe('FedBuff, 5 updates · FedYogi');
  expect(modelWords({ ...defaultExperiment, families: { ...families, assignment: 'by-rule' } })).toBe(
    'dropout 10 %, distilled at the cloud',
  );
  expect(modelWords({ ...defaultExperiment, model: { ...model, kind: 'micro-cnn' } })).toBe('one model for all');
  expect(powerSummary({ ...power, interval: 7200 })).toBe('from 100 % · every 2 h');
});

test('an interval that is on no list is offered too', () => {
  const own = intervalOptions(7200);
  expect(own.at(-1)).toEqual({ value: '7200', label: '2 h' });
  expect(intervalOptions(3600)).toHaveLength(own.length - 1);
});
