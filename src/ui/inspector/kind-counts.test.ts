import { expect, it } from 'vitest';
import { parseExperiment } from '../../sim/experiment/parse-experiment.ts';
import { buildTopology } from '../../sim/fleet/topology.ts';
import { kindCounts } from './kind-counts.ts';

it('counts devices by kind, the most frequent first', () => {
  const { fleet } = parseExperiment({
    fleet: { gatewaysPerFog: 1, devicesPerGateway: 7, mix: ['esp32', 'raspberry-pi', 'arduino', 'arduino'] },
  });
  const counts = kindCounts(buildTopology(fleet).devices).map(({ profile, count }) => [profile.id, count]);
  expect(counts).toEqual([
    ['arduino', 3],
    ['esp32', 2],
    ['raspberry-pi', 2],
  ]);
  expect(kindCounts([])).toEqual([]);
});
