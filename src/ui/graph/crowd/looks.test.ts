import { beforeAll, describe, expect, it } from 'vitest';
import { applyChanges } from '../../../sim/experiment/edits.ts';
import { defaultExperiment, type Experiment } from '../../../sim/experiment/experiment.ts';
import { buildTopology } from '../../../sim/fleet/topology.ts';
import type { History } from '../../../sim/record/record.ts';
import { collect, noise } from '../../../sim/testing/collect.ts';
import { type LookState, type Looks, sameDevices, sameLinks, toLooks } from './looks.ts';

const base: Experiment = { ...defaultExperiment, rounds: 1, data: { ...defaultExperiment.data, ...noise } };
const stateOf = (experiment: Experiment, history: History): LookState => ({
  experiment,
  topology: buildTopology(experiment.fleet),
  history,
  partition: null,
});

function looksOf(state: LookState, known: Looks = new Map()): Looks {
  const pieces = toLooks(state, known);
  for (;;) {
    const piece = pieces.next();
    if (piece.done) return piece.value;
  }
}

let history: History;
beforeAll(async () => {
  history = await collect(base);
});

describe('the looks of a fleet', () => {
  it('before a round: nothing has been carried', () => {
    const look = looksOf(stateOf(base, [])).get('device-1');
    expect(look).toMatchObject({ presence: 'waiting', percent: 100, link: 'fresh', width: 0, loss: Number.NaN });
  });

  it('after one: who trained, what its link carried, and whom the round waited for', () => {
    const looks = looksOf(stateOf(base, history));
    expect(looks.size).toBe(30);
    expect(looks.get('device-1')).toMatchObject({ presence: 'trained', link: 'carried' });
    expect([...looks].filter(([, { straggler }]) => straggler).map(([id]) => id)).toEqual(
      stateOf(base, history)
        .topology.devices.filter(({ profile }) => profile.id === 'arduino')
        .map(({ id }) => id),
    );
  });

  it('what is switched off since, itself or its link', () => {
    const off = applyChanges(base, [{ path: 'fleet.off', value: ['device-1', 'link:device-2'] }]);
    const looks = looksOf(stateOf(off, history));
    expect(looks.get('device-1')).toMatchObject({ presence: 'switched off', link: 'dead' });
    expect(looks.get('device-2')).toMatchObject({ presence: 'cut off', link: 'off' });
  });

  it('are the same objects where nothing has changed, so that nothing is painted again', () => {
    const before = looksOf(stateOf(base, history));
    const again = looksOf(stateOf({ ...base }, [...history]), before);
    expect(again.get('device-5')).toBe(before.get('device-5'));
    expect(sameDevices(before, again) && sameLinks(before, again)).toBe(true);
    const cut = looksOf(
      stateOf(applyChanges(base, [{ path: 'fleet.off', value: ['link:device-2'] }]), history),
      before,
    );
    expect(cut.get('device-5')).toBe(before.get('device-5'));
    expect(sameDevices(before, cut) || sameLinks(before, cut)).toBe(false);
  });
});
