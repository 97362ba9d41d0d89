import { describe, expect, it } from 'vitest';
import { applyChanges, areLive, changesBetween } from '../sim/experiment/edits.ts';
import { defaultExperiment, type Experiment } from '../sim/experiment/experiment.ts';
import { setModel, setSwitched } from './node-changes.ts';

const off = (experiment: Experiment, target: string, on: boolean) =>
  applyChanges(experiment, setSwitched(experiment, [target], on));

describe('switching', () => {
  it('a node or a link goes off and comes back, during a run', () => {
    expect(areLive(setSwitched(defaultExperiment, ['gateway-2'], false))).toBe(true);
    let experiment = off(defaultExperiment, 'gateway-2', false);
    experiment = off(experiment, 'link:device-7', false);
    expect(experiment.fleet.off).toEqual(['gateway-2', 'link:device-7']);
    expect(off(experiment, 'gateway-2', true).fleet.off).toEqual(['link:device-7']);
  });

  it('twice is as once', () => {
    const experiment = off(off(defaultExperiment, 'fog-1', false), 'fog-1', false);
    expect(experiment.fleet.off).toEqual(['fog-1']);
    expect(off(defaultExperiment, 'fog-1', true)).toEqual(defaultExperiment);
  });
});

describe('switching several', () => {
  it('is one change, and leaves the others as they are', () => {
    const before = off(off(defaultExperiment, 'device-1', false), 'device-9', false);
    const changes = setSwitched(before, ['device-1', 'device-2', 'device-3'], false);
    expect(changes).toHaveLength(1);
    const after = applyChanges(before, changes);
    expect(after.fleet.off).toEqual(['device-9', 'device-1', 'device-2', 'device-3']);
    const on = applyChanges(after, setSwitched(after, ['device-1', 'device-2'], true));
    expect(on.fleet.off).toEqual(['device-9', 'device-3']);
  });
});

describe('a model by hand', () => {
  it('switches families on where all shared one model, which restarts the run', () => {
    const changes = setModel(defaultExperiment, 'device-2', 'micro-cnn');
    const experiment = applyChanges(defaultExperiment, changes);
    expect(areLive(changesBetween(defaultExperiment, experiment))).toBe(false);
    expect(experiment.families.assignment).toBe('by-rule');
    expect(experiment.fleet.models).toEqual({ 'device-2': 'micro-cnn' });
  });

  it('is live where there are families, and can be left to the rule again', () => {
    const families = applyChanges(defaultExperiment, [{ path: 'families.assignment', value: 'by-rule' }]);
    const given = setModel(families, 'device-2', 'tiny-mlp');
    expect(areLive(given)).toBe(true);
    expect(setModel(applyChanges(families, given), 'device-2', null)).toEqual([{ path: 'fleet.models', value: {} }]);
  });
});
