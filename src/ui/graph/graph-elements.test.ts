import { describe, expect, it } from 'vitest';
import { defaultExperiment } from '../../sim/experiment/experiment.ts';
import { buildTopology } from '../../sim/fleet/topology.ts';
import { neighbourOf, nodeOrder, shapeOf, toLinks, toNodes, withDevices } from './graph-elements.ts';
import { layoutOf } from './layout.ts';

const topology = buildTopology(defaultExperiment.fleet);
const layout = layoutOf(topology, { width: 800, height: 550 });

it('there is a node for every node, parents before children, and a link for all but the cloud', () => {
  const ids = toNodes(topology, layout).map(({ id }) => id);
  expect(new Set(ids)).toEqual(new Set(topology.byId.keys()));
  expect(ids.slice(0, 4)).toEqual(['cloud', 'fog-1', 'gateway-1', 'device-1']);
  expect(toLinks(topology, layout)).toHaveLength(ids.length - 1);
});

it('without devices there are those above; a device that is asked for comes after its gateway', () => {
  const above = toNodes(topology, layout, nodeOrder(topology, 'none'));
  expect(above.map(({ id }) => id)).toEqual(['cloud', 'fog-1', 'gateway-1', 'gateway-2', 'gateway-3']);
  const asked = toNodes(topology, layout, topology.devices.slice(14, 15));
  const order = withDevices(above, asked, topology).map(({ id }) => id);
  expect(order).toEqual(['cloud', 'fog-1', 'gateway-1', 'gateway-2', 'device-15', 'gateway-3']);
});

it('a link says whom it joins', () => {
  const link = toLinks(topology, layout).find(({ id }) => id === 'link:device-7');
  expect(link?.ariaLabel).toMatch(/^Link from .* 7 up to Gateway 1$/);
});

it('a link that is switched off says so', () => {
  const labels = toLinks(topology, layout, new Set(['link:device-7'])).map(({ ariaLabel }) => ariaLabel ?? '');
  expect(labels.filter((label) => label.endsWith(', switched off'))).toEqual([
    expect.stringMatching(/^Link from .* 7 up to Gateway 1, switched off$/),
  ]);
});

it('the shape stays the same object while only figures change', () => {
  const first = shapeOf(topology);
  const figures = { 'device-7': { uplink: 50 } };
  expect(shapeOf(buildTopology({ ...defaultExperiment.fleet, figures }))).toBe(first);
  expect(shapeOf(buildTopology({ ...defaultExperiment.fleet, removed: ['device-7'] }))).not.toBe(first);
});

describe('the arrow keys', () => {
  it('go up over the link, down to the first child and sideways among siblings', () => {
    expect(neighbourOf(topology, 'device-7', 'ArrowUp')).toBe('link:device-7');
    expect(neighbourOf(topology, 'link:device-7', 'ArrowUp')).toBe('gateway-1');
    expect(neighbourOf(topology, 'link:device-7', 'ArrowDown')).toBe('device-7');
    expect(neighbourOf(topology, 'gateway-2', 'ArrowDown')).toBe('device-11');
    expect(neighbourOf(topology, 'device-7', 'ArrowRight')).toBe('device-8');
    expect(neighbourOf(topology, 'link:device-7', 'ArrowLeft')).toBe('link:device-6');
  });

  it('stop at the ends', () => {
    expect(neighbourOf(topology, 'cloud', 'ArrowUp')).toBeNull();
    expect(neighbourOf(topology, 'device-10', 'ArrowRight')).toBeNull();
    expect(neighbourOf(topology, 'device-10', 'ArrowDown')).toBeNull();
  });
});
