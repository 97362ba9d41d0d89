import { expect, it } from 'vitest';
import { applyChanges, areLive, type Change } from '../sim/experiment/edits.ts';
import { defaultExperiment, type Experiment } from '../sim/experiment/experiment.ts';
import { parseExperiment } from '../sim/experiment/parse-experiment.ts';
import { buildTopology } from '../sim/fleet/topology.ts';
import { type ChangesOrRefusal, removeDevices, setFigure, setProfiles, setSwitchedOn } from './fleet-changes.ts';
import { type AppliedChanges, undoChanges } from './undo.ts';

const ids = ['device-1', 'device-2', 'device-3'];

function make(experiment: Experiment, changes: ChangesOrRefusal): Experiment {
  if (typeof changes === 'string') throw new Error(changes);
  return applyChanges(experiment, changes);
}

/** The experiment after the changes, and what to undo. */
function apply(before: Experiment, changes: ChangesOrRefusal): readonly [Experiment, AppliedChanges] {
  if (typeof changes === 'string') throw new Error(changes);
  return [applyChanges(before, changes), { ids, before: before.fleet, changes }];
}

const nodes = (experiment: Experiment, of: readonly string[]) => {
  const { byId } = buildTopology(experiment.fleet);
  return of.flatMap((id) => byId.get(id) ?? []);
};

/** Something of these devices, and of others, that was there before. */
const start = parseExperiment({
  fleet: {
    profiles: { 'device-1': 'phone', 'device-9': 'phone' },
    figures: { 'device-2': { uplink: 50 }, 'device-9': { latency: 99 } },
    off: ['device-3', 'device-9', 'link:device-1'],
    removed: ['device-30'],
  },
});

it.each<[string, readonly Change[] | string]>([
  ['kinds', setProfiles(start, ids, 'lorawan')],
  ['figures', setFigure(start, nodes(start, ids), 'uplink', 77)],
  ['switching off', setSwitchedOn(start, ids, false)],
  ['removing', removeDevices(start, ids)],
])('%s are undone in one live step', (_, changes) => {
  const [after, what] = apply(start, changes);
  expect(after).not.toEqual(start);
  const undo = undoChanges(after, what);
  expect(areLive(undo)).toBe(true);
  const back = applyChanges(after, undo);
  expect({ ...back.fleet, off: [...back.fleet.off].sort() }).toEqual({
    ...start.fleet,
    off: [...start.fleet.off].sort(),
  });
  expect(undoChanges(back, what)).toEqual([]);
});

it('what was changed since of others, or of other parts of these, stays', () => {
  let [after, what] = apply(start, setProfiles(start, ids, 'lorawan'));
  after = make(after, setProfiles(after, ['device-4'], 'phone'));
  after = make(after, setSwitchedOn(after, ['device-2'], false));
  const back = make(after, undoChanges(after, what));
  expect(back.fleet.profiles).toEqual({ ...start.fleet.profiles, 'device-4': 'phone' });
  expect(back.fleet.figures).toEqual(start.fleet.figures);
  expect(back.fleet.off).toContain('device-2');
});

it('a fleet that has become smaller since gets back only what is in it', () => {
  const [after, what] = apply(defaultExperiment, setProfiles(defaultExperiment, ids, 'lorawan'));
  const small = parseExperiment({ fleet: { gatewaysPerFog: 1, devicesPerGateway: 2 } });
  const changed = applyChanges(small, [
    { path: 'fleet.profiles', value: { 'device-1': 'lorawan', 'device-2': 'lorawan' } },
  ]);
  expect(after.fleet.profiles).toHaveProperty('device-3');
  expect(make(changed, undoChanges(changed, what)).fleet.profiles).toEqual({});
});
