import { expect, it } from 'vitest';
import { applyChanges } from '../../sim/experiment/edits.ts';
import { defaultExperiment } from '../../sim/experiment/experiment.ts';
import { toWaitingChanges, waitingOf, waitingOptions, waitings } from './waiting.ts';

const chosen = (id: string, experiment = defaultExperiment) => applyChanges(experiment, toWaitingChanges(id));

it('comes back as it was chosen, from every other', () => {
  expect(waitingOf(defaultExperiment)).toBe('barrier');
  for (const from of Object.keys(waitings)) {
    for (const to of Object.keys(waitings)) expect(waitingOf(chosen(to, chosen(from)))).toBe(to);
  }
});

it('offers what the schema allows, and only that', () => {
  const families = applyChanges(defaultExperiment, [{ path: 'families.assignment', value: 'by-rule' }]);
  for (const { value, disabled } of waitingOptions(true)) {
    const change = () => applyChanges(families, toWaitingChanges(value, !disabled));
    if (disabled) expect(change).toThrow(/needs synchronous rounds/);
    else expect(change).not.toThrow();
  }
  expect(waitingOptions(false).some(({ disabled }) => disabled)).toBe(false);
});
