import { expect, it } from 'vitest';
import { applyChanges } from '../../sim/experiment/edits.ts';
import { defaultExperiment } from '../../sim/experiment/experiment.ts';
import { buildTopology } from '../../sim/fleet/topology.ts';
import { deviations, essentials } from './settings-words.ts';

const topology = buildTopology(defaultExperiment.fleet);

it('the page’s own experiment: what it is, and nothing that differs', () => {
  expect(essentials(defaultExperiment, topology)).toBe(
    'Factory motors · 30 devices, 3 gateways, 1 fog · uplinks FP32 · seed 1',
  );
  expect(deviations(defaultExperiment, topology)).toEqual([]);
});

it('another one: every setting that differs', () => {
  const changes = [
    { path: 'compression.device.quantise', value: 'int4' },
    { path: 'training.learningRate', value: 0.05 },
    { path: 'seed', value: 7 },
  ];
  const experiment = applyChanges(defaultExperiment, changes);
  expect(essentials(experiment, topology)).toBe(
    'Factory motors · 30 devices, 3 gateways, 1 fog · uplinks INT4 → FP32 → FP32 · seed 7',
  );
  const words = deviations(experiment, topology).join('; ');
  for (const part of ['INT4', '0.05', '7']) expect(words).toContain(part);
});
