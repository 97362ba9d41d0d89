import { describe, expect, it } from 'vitest';
import { applyChanges, type Change } from '../../sim/experiment/edits.ts';
import { defaultExperiment, type Experiment, settings } from '../../sim/experiment/experiment.ts';
import { allShown } from './all-shown.ts';
import * as shown from './shown-settings.ts';

/** Settings that no list shows, and where the visitor finds them instead. */
const elsewhere: Readonly<Record<string, string>> = {
  'fleet.added': 'the graph’s plus signs, and the inspector',
  'fleet.removed': 'the inspector, and the Delete key',
  'fleet.parents': 'dragging in the graph, and the inspector',
  'fleet.profiles': 'the inspector’s choice of kind',
  'fleet.models': 'the inspector’s choice of model',
  'fleet.off': 'the inspector’s switches',
  'fleet.figures': 'the inspector’s sliders',
};

/** Numbers that switch something on. */
const switchedOn = new Map<string, readonly number[]>([
  ['pruning.sparsity', [0.5]],
  ['model.hiddenLayers', [1, 4]],
]);

const byTier = applyChanges(defaultExperiment, [{ path: 'aggregation.mode', value: 'by-tier' }]);
const sparse = applyChanges(
  defaultExperiment,
  ['device', 'gateway', 'fog', 'down'].map((tier) => ({ path: `compression.${tier}.sparsify`, value: 'top-k' })),
);

/** The default experiment, one whose tiers differ and one whose updates are sparse, with each choice and switch in each of its positions. */
function* variants(): Generator<{ experiment: Experiment; change: Change }> {
  for (const [path, setting] of settings) {
    const values =
      setting.kind === 'choice'
        ? setting.choices.map(({ id }) => id)
        : setting.kind === 'toggle'
          ? [true, false]
          : (switchedOn.get(path) ?? []);
    for (const value of values) {
      if ('default' in setting && value === setting.default) continue;
      const change = { path, value };
      yield { experiment: applyChanges(defaultExperiment, [change]), change };
      if (path.endsWith('Waits')) yield { experiment: applyChanges(byTier, [change]), change };
      if (path.endsWith('.indices')) yield { experiment: applyChanges(sparse, [change]), change };
    }
  }
}

const under = (section: string, names: string) => names.split(' ').map((name) => `${section}.${name}`);

describe('the settings that the sections show', () => {
  it('are all that the schema has, but for those with a place of their own', () => {
    const found = new Set([...variants()].flatMap(({ experiment }) => allShown(experiment)));
    const missing = [...settings.keys()].filter((path) => !found.has(path) && !(path in elsewhere));
    expect(missing).toEqual([]);
    expect(Object.keys(elsewhere).filter((path) => found.has(path) || !settings.has(path))).toEqual([]);
  });

  it('are settings of the schema, each shown once', () => {
    for (const { experiment } of variants()) {
      const paths = allShown(experiment);
      expect(paths.filter((path) => !settings.has(path))).toEqual([]);
      expect(new Set(paths).size).toBe(paths.length);
    }
  });

  it('always include a choice or switch that was just made, so that it can be made back', () => {
    const hidden = [...variants()].filter(
      ({ experiment, change }) => !(change.path in elsewhere) && !allShown(experiment).includes(change.path),
    );
    // These matter only together with another choice: the default experiment does not show them.
    const dependent = [
      ...under('families', 'distil large small'),
      ...under('aggregation', 'bufferAggregator gatewayWaits fogWaits cloudWaits controlQuantise'),
      ...under('data', 'syntheticModels'),
    ];
    expect(hidden.map(({ change }) => change.path).filter((path) => !dependent.includes(path))).toEqual([]);
  });
});

describe('a section', () => {
  const changed = (...changes: Change[]) => applyChanges(defaultExperiment, changes);

  it('shows a policy’s own settings and no other’s', () => {
    const oort = shown.selectionSettings(changed({ path: 'selection.policy', value: 'oort' }));
    expect(oort).toEqual([
      'selection.policy',
      'selection.count',
      'selection.fraction',
      'selection.exploration',
      'selection.slownessPenalty',
      'selection.overSelect',
      'selection.closes',
    ]);
  });

  it('shows what an asynchronous run asks for, and nothing that it ignores', () => {
    const experiment = changed({ path: 'aggregation.mode', value: 'fed-async' });
    expect(shown.aggregationSettings(experiment)).toEqual([
      'aggregation.mode',
      'aggregation.buffer',
      'aggregation.mixing',
      'aggregation.stalenessExponent',
      'aggregation.maxStaleness',
    ]);
    expect(shown.selectionSettings(experiment)).toEqual(['selection.policy']);
    expect(shown.powerSettings(experiment)).not.toContain('power.interval');
  });
});
