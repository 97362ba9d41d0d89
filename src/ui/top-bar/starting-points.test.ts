import { describe, expect, it } from 'vitest';
import { applyChanges } from '../../sim/experiment/edits.ts';
import { defaultExperiment } from '../../sim/experiment/experiment.ts';
import { buildTopology } from '../../sim/fleet/topology.ts';
import { toRuleChanges } from '../controls/fleet-rule.ts';
import { fleetSizes, startingPoints } from './starting-points.ts';

describe('the starting points', () => {
  it('are all valid experiments', () => {
    for (const { label, changes } of startingPoints) {
      expect(() => applyChanges(defaultExperiment, changes), label).not.toThrow();
    }
  });

  it('have fleets of the size that their name says', () => {
    for (const { label, rule } of fleetSizes) {
      const { fleet } = applyChanges(defaultExperiment, toRuleChanges(defaultExperiment.fleet, rule));
      expect(`${buildTopology(fleet).devices.length} devices`).toBe(label);
    }
  });
});
