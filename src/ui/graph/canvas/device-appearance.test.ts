import { beforeAll, describe, expect, it } from 'vitest';
import { applyChanges } from '../../../sim/experiment/edits.ts';
import { defaultExperiment, type Experiment } from '../../../sim/experiment/experiment.ts';
import { buildTopology } from '../../../sim/fleet/topology.ts';
import type { History } from '../../../sim/record/record.ts';
import { collect, noiseData } from '../../../sim/testing/collect.ts';
import { type AppearanceState, type Appearances, sameDevices, sameLinks, toAppearances } from './device-appearance.ts';

const base: Experiment = { ...defaultExperiment, rounds: 1, data: { ...defaultExperiment.data, ...noiseData } };
const stateOf = (experiment: Experiment, history: History): AppearanceState => ({
  experiment,
  topology: buildTopology(experiment.fleet),
  history,
  partition: null,
});

function appearancesOf(state: AppearanceState, known: Appearances = new Map()): Appearances {
  const pieces = toAppearances(state, known);
  for (;;) {
    const piece = pieces.next();
    if (piece.done) return piece.value;
  }
}

let history: History;
beforeAll(async () => {
  history = await collect(base);
});

describe('the appearances of a fleet', () => {
  it('before a round: nothing has been carried', () => {
    const appearance = appearancesOf(stateOf(base, [])).get('device-1');
    expect(appearance).toMatchObject({ presence: 'waiting', percent: 100, link: 'fresh', width: 0, loss: Number.NaN });
  });

  it('after one: who trained, what its link carried, and whom the round waited for', () => {
    const appearances = appearancesOf(stateOf(base, history));
    expect(appearances.size).toBe(30);
    expect(appearances.get('device-1')).toMatchObject({ presence: 'trained', link: 'carried' });
    expect([...appearances].filter(([, { straggler }]) => straggler).map(([id]) => id)).toEqual(
      stateOf(base, history)
        .topology.devices.filter(({ profile }) => profile.id === 'arduino')
        .map(({ id }) => id),
    );
  });

  it('what is switched off since, itself or its link', () => {
    const off = applyChanges(base, [{ path: 'fleet.off', value: ['device-1', 'link:device-2'] }]);
    const appearances = appearancesOf(stateOf(off, history));
    expect(appearances.get('device-1')).toMatchObject({ presence: 'switched off', link: 'dead' });
    expect(appearances.get('device-2')).toMatchObject({ presence: 'cut off', link: 'off' });
  });

  it('are the same objects where nothing has changed, so that nothing is painted again', () => {
    const before = appearancesOf(stateOf(base, history));
    const again = appearancesOf(stateOf({ ...base }, [...history]), before);
    expect(again.get('device-5')).toBe(before.get('device-5'));
    expect(sameDevices(before, again) && sameLinks(before, again)).toBe(true);
    const cut = appearancesOf(
      stateOf(applyChanges(base, [{ path: 'fleet.off', value: ['link:device-2'] }]), history),
      before,
    );
    expect(cut.get('device-5')).toBe(before.get('device-5'));
    expect(sameDevices(before, cut) || sameLinks(before, cut)).toBe(false);
  });
});
