import { describe, expect, it } from 'vitest';
import { applyChanges, areLive, changesBetween } from './edits.ts';
import { defaultExperiment } from './experiment.ts';
import { ExperimentError } from './parse-experiment.ts';

describe('edits', () => {
  it('are found between two experiments, and lead from one to the other', () => {
    const after = applyChanges(defaultExperiment, [
      { path: 'compression.device.quantise', value: 'int8' },
      { path: 'fleet.figures', value: { 'device-2': { uplink: 1000 } } },
    ]);
    const changes = changesBetween(defaultExperiment, after);
    expect(changes.map((change) => change.path)).toEqual(['compression.device.quantise', 'fleet.figures']);
    expect(applyChanges(defaultExperiment, changes)).toEqual(after);
    expect(defaultExperiment.compression.device.quantise).toBe('fp32');
  });

  it('are live only if each one is', () => {
    expect(areLive([{ path: 'training.learningRate', value: 0.1 }])).toBe(true);
    expect(
      areLive([
        { path: 'training.learningRate', value: 0.1 },
        { path: 'seed', value: 2 },
      ]),
    ).toBe(false);
  });

  it('leave every section that they do not touch the same object, so that nothing is built or drawn anew for it', () => {
    const after = applyChanges(defaultExperiment, [{ path: 'compression.device.quantise', value: 'int8' }]);
    expect(after).toEqual({
      ...defaultExperiment,
      compression: {
        ...defaultExperiment.compression,
        device: { ...defaultExperiment.compression.device, quantise: 'int8' },
      },
    });
    expect(after.fleet).toBe(defaultExperiment.fleet);
    expect(Object.keys(after)).toEqual(Object.keys(defaultExperiment));
  });

  it('are still checked against the sections that they do not touch', () => {
    const families = applyChanges(defaultExperiment, [{ path: 'families.assignment', value: 'by-rule' }]);
    expect(() => applyChanges(families, [{ path: 'aggregation.mode', value: 'fed-buff' }])).toThrow(
      'families.assignment by-rule needs synchronous rounds',
    );
  });

  it('apply all or not at all', () => {
    const changes = [
      { path: 'training.learningRate', value: 0.1 },
      { path: 'training.batchSize', value: 0 },
    ];
    expect(() => applyChanges(defaultExperiment, changes)).toThrow(ExperimentError);
    expect(() => applyChanges(defaultExperiment, [{ path: 'training.speed', value: 1 }])).toThrow(
      'There is no setting "training.speed"',
    );
  });
});
