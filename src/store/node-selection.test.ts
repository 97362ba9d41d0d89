import { expect, it } from 'vitest';
import { defaultExperiment } from '../sim/experiment/experiment.ts';
import { parseExperiment } from '../sim/experiment/parse-experiment.ts';
import { buildTopology } from '../sim/fleet/topology.ts';
import { selectedDevices, selectedOne, stillThere, toggled, withDevices } from './node-selection.ts';

// Gateway 1 has the devices 1 to 10.
const topology = buildTopology(defaultExperiment.fleet);

it('of one is that one; of several are devices', () => {
  expect(selectedOne({ selection: [] })).toBeNull();
  expect(selectedOne({ selection: ['link:device-1'] })).toBe('link:device-1');
  expect(selectedOne({ selection: ['device-1', 'device-2'] })).toBeNull();
  expect([...selectedDevices({ selection: ['device-1'] })]).toEqual([]);
  expect([...selectedDevices({ selection: ['device-1', 'device-2'] })]).toEqual(['device-1', 'device-2']);
});

it('a device is added to it, and taken out the second time', () => {
  const one = toggled(topology, [], 'device-4');
  const two = toggled(topology, one, 'device-2');
  expect(two).toEqual(['device-4', 'device-2']);
  expect(toggled(topology, two, 'device-4')).toEqual(['device-2']);
  expect(toggled(topology, one, 'device-4')).toEqual([]);
});

it('a gateway stands for its devices: all are added, and taken out when all are in', () => {
  const all = toggled(topology, ['device-3', 'device-12'], 'gateway-1');
  expect(all).toHaveLength(11);
  expect(toggled(topology, all, 'gateway-1')).toEqual(['device-12']);
  expect(toggled(topology, [], 'cloud')).toHaveLength(30);
});

it('a gateway or a link that was selected is let go when a device joins', () => {
  expect(toggled(topology, ['gateway-2'], 'device-1')).toEqual(['device-1']);
  expect(toggled(topology, ['link:device-2'], 'device-1')).toEqual(['device-1']);
  expect(withDevices(['fog-1', 'device-1'], ['device-2', 'device-1'])).toEqual(['device-1', 'device-2']);
});

it('nothing below a gateway without devices: all stays', () => {
  const { fleet } = parseExperiment({ fleet: { added: [{ id: 'gateway-4', parent: 'fog-1' }] } });
  const selection = ['device-1'];
  expect(toggled(buildTopology(fleet), selection, 'gateway-4')).toBe(selection);
});

it('keeps what is still in the network, and is the same list if that is all', () => {
  const selection = ['device-1', 'device-2'];
  expect(stillThere(selection, topology)).toBe(selection);
  const without = buildTopology({ ...defaultExperiment.fleet, removed: ['device-2'] });
  expect(stillThere(selection, without)).toEqual(['device-1']);
  expect(stillThere(['link:device-2'], without)).toEqual([]);
});
