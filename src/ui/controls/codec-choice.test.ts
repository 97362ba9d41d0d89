import { expect, test } from 'vitest';
import { applyChanges } from '../../sim/experiment/edits.ts';
import { defaultExperiment } from '../../sim/experiment/experiment.ts';
import { quickCodecs, quickOf, toQuickChanges } from './codec-choice.ts';

const { compression } = defaultExperiment;

test.each(Object.keys(quickCodecs))('one click sets %s on every uplink, and shows as that choice', (label) => {
  const next = applyChanges(defaultExperiment, toQuickChanges(label)).compression;
  expect(quickOf(next)).toBe(label);
  expect(next.down).toEqual(compression.down);
});

test('a click takes back every other stage', () => {
  const odd = applyChanges(defaultExperiment, [
    { path: 'compression.device.rotate', value: true },
    { path: 'compression.fog.pack', value: 'deflate' },
    { path: 'compression.adapt', value: 'by-battery' },
  ]);
  expect(quickOf(odd.compression)).toBe('');
  expect(quickOf(applyChanges(odd, toQuickChanges('INT8')).compression)).toBe('INT8');
});

test('uplinks that differ show as no choice', () => {
  const next = applyChanges(defaultExperiment, [{ path: 'compression.fog.quantise', value: 'int4' }]);
  expect(quickOf(next.compression)).toBe('');
});
