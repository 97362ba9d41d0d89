import { beforeAll, describe, expect, it } from 'vitest';
import { applyChanges } from '../../sim/experiment/edits.ts';
import { defaultExperiment, type Experiment } from '../../sim/experiment/experiment.ts';
import { buildTopology } from '../../sim/fleet/topology.ts';
import type { History } from '../../sim/record/record.ts';
import { type AbsentStatus, absentStatuses, hasContributed, statuses } from '../../sim/record/statuses.ts';
import { collect, noiseData } from '../../sim/testing/collect.ts';
import { isAbsence } from './absence.ts';
import { isSwitchedOff, linkPresence, type PresenceState, presenceOf } from './presence.ts';
import { toCounts } from './sign-counts.ts';

const base: Experiment = { ...defaultExperiment, rounds: 1, data: { ...defaultExperiment.data, ...noiseData } };
const withOff = (off: readonly string[], cache = true): Experiment =>
  applyChanges(base, [
    { path: 'fleet.off', value: off },
    { path: 'network.cache', value: cache },
  ]);
const stateOf = (experiment: Experiment, history: History): PresenceState => ({
  experiment,
  topology: buildTopology(experiment.fleet),
  history,
});

let plain: History;
beforeAll(async () => {
  plain = await collect(base);
});

it('every reason of the record has a sign, and nothing else has', () => {
  expect([...absentStatuses].sort()).toEqual(statuses.filter((status) => !hasContributed(status)).sort());
  expect(isAbsence('trained')).toBe(false);
  expect(isAbsence('returning')).toBe(false);
});

describe('what was switched off shows before the next round', () => {
  it('on the device itself, and on those whose way it cuts', () => {
    const state = stateOf(withOff(['device-1', 'link:device-2', 'gateway-3']), plain);
    expect(presenceOf(state, 'device-1')).toBe('switched off');
    expect(presenceOf(state, 'device-2')).toBe('cut off');
    expect(presenceOf(state, 'device-21')).toBe('cut off');
    expect(presenceOf(state, 'device-11')).toBe('trained');
    expect(isSwitchedOff(state, 'gateway-3')).toBe(true);
    expect(isSwitchedOff(state, 'gateway-1')).toBe(false);
  });

  it('on links: off themselves, or dead because an end is', () => {
    const state = stateOf(withOff(['link:device-2', 'gateway-3']), plain);
    expect(linkPresence(state, 'device-2', 'gateway-1')).toBe('off');
    expect(linkPresence(state, 'device-21', 'gateway-3')).toBe('dead');
    expect(linkPresence(state, 'gateway-3', 'fog-1')).toBe('dead');
    expect(linkPresence(state, 'device-1', 'gateway-1')).toBe('on');
  });

  it('further up only where no copy at the gateway can serve', () => {
    expect(presenceOf(stateOf(withOff(['fog-1'], false), plain), 'device-1')).toBe('cut off');
    expect(presenceOf(stateOf(withOff(['link:gateway-1'], false), plain), 'device-1')).toBe('cut off');
    expect(presenceOf(stateOf(withOff(['fog-1']), plain), 'device-1')).toBe('trained');
  });
});

it('what is on again is not shown as absent any more', async () => {
  const dark = await collect(withOff(['device-1', 'gateway-3']));
  const before = stateOf(withOff(['device-1', 'gateway-3']), dark);
  expect(presenceOf(before, 'device-1')).toBe('switched off');
  expect(presenceOf(before, 'device-21')).toBe('cut off');
  const after = stateOf(base, dark);
  expect(presenceOf(after, 'device-1')).toBe('returning');
  expect(presenceOf(after, 'device-21')).toBe('returning');
});

it('the legend counts each reason that is there', () => {
  const counts = toCounts(stateOf(withOff(['device-1', 'gateway-3']), plain)).split(',');
  const count = (reason: AbsentStatus) => Number(counts[absentStatuses.indexOf(reason)]);
  expect(count('switched off')).toBe(1);
  expect(count('cut off')).toBe(10);
  expect(count('not selected')).toBe(0);
});
