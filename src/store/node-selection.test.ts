import { expect, it } from 'vitest';
import { defaultExperiment } from '../sim/experiment/experiment.ts';
import { parseExperiment } from '../sim/experiment/parse-experiment.ts';
import { buildTopology } from '../sim/fleet/topology.ts';
import { addToSelection, selectedDevices, selectedId, toggleNode, withoutRemovedNodes } from './node-selection.ts';

// Gateway 1 has the devices 1 to 10.
const topology = buildTopology(defaultExperiment.fleet);

it('of one is that one; of several are devices', () => {
  expect(selectedId({ selection: [] })).toBeNull();
  expect(selectedId({ selection: ['link:device-1'] })).toBe('link:device-1');
  expect(selectedId({ selection: ['device-1', 'device-2'] })).toBeNull();
  expect([...selectedDevices({ selection: ['device-1'] })]).toEqual([]);
  expect([...selectedDevices({ selection: ['device-1', 'device-2'] })]).toEqual(['device-1', 'device-2']);
});

it('a device is added to it, and removed the second time', () => {
  const one = toggleNode(topology, [], 'device-4');
  const two = toggleNode(topology, one, 'device-2');
  expect(two).toEqual(['device-4', 'device-2']);
  expect(toggleNode(topology, two, 'device-4')).toEqual(['device-2']);
  expect(toggleNode(topology, one, 'device-4')).toEqual([]);
});

it('a gateway means all its devices: all are added, and removed when all are selected', () => {
  const all = toggleNode(topology, ['device-3', 'device-12'], 'gateway-1');
  expect(all).toHaveLength(11);
  expect(toggleNode(topology, all, 'gateway-1')).toEqual(['device-12']);
  expect(toggleNode(topology, [], 'cloud')).toHaveLength(30);
});

it('a gateway or a link that was selected no longer is when a device is added', () => {
  expect(toggleNode(topology, ['gateway-2'], 'device-1')).toEqual(['device-1']);
  expect(toggleNode(topology, ['link:device-2'], 'device-1')).toEqual(['device-1']);
  expect(addToSelection(['fog-1', 'device-1'], ['device-2', 'device-1'])).toEqual(['device-1', 'device-2']);
});

it('nothing below a gateway without devices: all stays', () => {
  const { fleet } = parseExperiment({ fleet: { added: [{ id: 'gateway-4', parent: 'fog-1' }] } });
  const selection = ['device-1'];
  expect(toggleNode(buildTopology(fleet), selection, 'gateway-4')).toBe(selection);
});

it('keeps what is still in the network, and is the same list if that is all', () => {
  const selection = ['device-1', 'device-2'];
  expect(withoutRemovedNodes(selection, topology)).toBe(selection);
  const without = buildTopology({ ...defaultExperiment.fleet, removed: ['device-2'] });
  expect(withoutRemovedNodes(selection, without)).toEqual(['device-1']);
  expect(withoutRemovedNodes(['link:device-2'], without)).toEqual([]);
});
