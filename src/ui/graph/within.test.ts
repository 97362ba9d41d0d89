import { expect, it } from 'vitest';
import { defaultExperiment } from '../../sim/experiment/experiment.ts';
import { parseExperiment } from '../../sim/experiment/parse-experiment.ts';
import { buildTopology } from '../../sim/fleet/topology.ts';
import { between } from './geometry.ts';
import { layoutOf } from './layout.ts';
import { devicesWithin } from './within.ts';

const topology = buildTopology(defaultExperiment.fleet);
const layout = layoutOf(topology, { width: 800, height: 550 });
const at = (id: string) => layout.centres.get(id) ?? { x: Number.NaN, y: Number.NaN };

it('a box is the same from whichever corner it is drawn', () => {
  const box = { x: 1, y: 2, width: 3, height: 4 };
  expect(between({ x: 1, y: 2 }, { x: 4, y: 6 })).toEqual(box);
  expect(between({ x: 4, y: 2 }, { x: 1, y: 6 })).toEqual(box);
});

it('holds the devices whose middle is in it, and no gateway', () => {
  const one = at('device-1');
  const tight = { x: one.x - 1, y: one.y - 1, width: 2, height: 2 };
  expect(devicesWithin(topology, layout, [0, 0, 1], tight)).toEqual(['device-1']);
  const all = { x: -1e4, y: -1e4, width: 2e4, height: 2e4 };
  expect(devicesWithin(topology, layout, [0, 0, 1], all)).toHaveLength(30);
  expect(devicesWithin(topology, layout, [0, 0, 1], { ...tight, x: one.x + 1e4 })).toEqual([]);
});

it('is in pixels of the view, wherever that has moved', () => {
  const { x, y } = at('device-7');
  const seen = { x: 2 * x + 30 - 3, y: 2 * y - 40 - 3, width: 6, height: 6 };
  expect(devicesWithin(topology, layout, [30, -40, 2], seen)).toEqual(['device-7']);
});

it('finds those of a fleet of thousands as quickly as they are counted', () => {
  const large = buildTopology(parseExperiment({ fleet: { gatewaysPerFog: 10, devicesPerGateway: 100 } }).fleet);
  const places = layoutOf(large, { width: 800, height: 550 });
  const all = { x: -1e5, y: -1e5, width: 2e5, height: 2e5 };
  expect(devicesWithin(large, places, [0, 0, 1], all)).toHaveLength(1000);
});
