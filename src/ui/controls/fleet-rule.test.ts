import { describe, expect, it } from 'vitest';
import { applyChanges } from '../../sim/experiment/edits.ts';
import { defaultExperiment } from '../../sim/experiment/experiment.ts';
import { buildTopology } from '../../sim/fleet/topology.ts';
import { toRuleChanges } from './fleet-rule.ts';
import { mixes } from './mixes.ts';

describe('a change of the fleet’s rule', () => {
  it('works on a fleet whose nodes were changed by hand, and keeps the figures of whole kinds', () => {
    const edited = applyChanges(defaultExperiment, [
      { path: 'fleet.removed', value: ['device-30'] },
      { path: 'fleet.added', value: [{ id: 'device-31', parent: 'gateway-3', profile: 'esp32' }] },
      { path: 'fleet.off', value: ['gateway-3', 'link:device-30'] },
      { path: 'fleet.models', value: { 'device-30': 'micro-cnn' } },
      { path: 'fleet.figures', value: { 'device-30': { loss: 10 }, 'kind:esp32': { loss: 5 } } },
    ]);
    const small = applyChanges(edited, toRuleChanges(edited.fleet, { devicesPerGateway: 1 }));
    expect(buildTopology(small.fleet).devices).toHaveLength(3);
    expect(small.fleet).toMatchObject({ figures: { 'kind:esp32': { loss: 5 } }, off: [], models: {} });
  });

  it('gives a valid fleet for every ready mix', () => {
    for (const { profiles } of mixes) {
      const changed = applyChanges(defaultExperiment, toRuleChanges(defaultExperiment.fleet, { mix: [...profiles] }));
      expect(buildTopology(changed.fleet).devices).toHaveLength(30);
    }
  });
});
