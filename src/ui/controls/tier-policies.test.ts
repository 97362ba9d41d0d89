import { expect, it } from 'vitest';
import { applyChanges } from '../../sim/experiment/edits.ts';
import { defaultExperiment } from '../../sim/experiment/experiment.ts';
import { policiesSummary, tierHelp, tierWords } from './tier-policies.ts';

const byTier = (own: Record<string, unknown>) =>
  applyChanges(
    defaultExperiment,
    Object.entries({ mode: 'by-tier', ...own }).map(([key, value]) => ({ path: `aggregation.${key}`, value })),
  );

it('says what each tier does', () => {
  const semi = byTier({ buffer: 2 });
  expect(tierWords(semi, 'gateway')).toBe('waits');
  expect(tierWords(semi, 'fog')).toBe('relays');
  expect(tierWords(semi, 'cloud')).toBe('every 2');
  expect(policiesSummary(semi)).toBe('gateways wait, cloud every 2');
  expect(tierHelp(semi, 'cloud')).toBe('Waits for nobody: makes a step of every 2 updates, averages or single ones.');
  expect(tierHelp(semi, 'gateway')).toBe('Waits for all its devices that were asked, then sends their mean.');
});

it('says how often, and until when', () => {
  const late = applyChanges(byTier({ gatewayRounds: 3, fogWaits: 'buffer', fogBuffer: 4, cloudWaits: 'barrier' }), [
    { path: 'selection.closes', value: true },
  ]);
  expect(tierWords(late, 'gateway')).toBe('deadline');
  expect(tierHelp(late, 'gateway')).toContain('until the deadline 3 times');
  expect(tierHelp(late, 'fog')).toContain('the mean of every 4 updates');
  expect(policiesSummary(late)).toBe('gateways wait, fogs every 4, cloud waits');
});
