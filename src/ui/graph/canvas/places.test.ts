import { describe, expect, it } from 'vitest';
import { defaultExperiment } from '../../../sim/experiment/experiment.ts';
import { buildTopology } from '../../../sim/fleet/topology.ts';
import { pointOn } from '../curve.ts';
import { layoutOf } from '../layout.ts';
import { elementAt } from './hit.ts';
import { toPlaces } from './places.ts';
import { MAX_DEVICE_ELEMENTS, usesCanvas } from './uses-canvas.ts';

const network = (gatewaysPerFog: number, devicesPerGateway: number, fogs = 1) =>
  buildTopology({ ...defaultExperiment.fleet, fogs, gatewaysPerFog, devicesPerGateway });
const view = { width: 712, height: 490 };
const topology = network(10, 100);
const layout = layoutOf(topology, view);
const places = toPlaces(topology, layout);

it('three hundred devices are elements, more than the threshold are painted', () => {
  expect(usesCanvas(network(3, 100))).toBe(false);
  expect(usesCanvas(network(1, MAX_DEVICE_ELEMENTS))).toBe(false);
  expect(usesCanvas(network(1, MAX_DEVICE_ELEMENTS + 1))).toBe(true);
});

it('every device has its place, within the bounds of its gateway’s cluster', () => {
  const ids = places.clusters.flatMap((cluster) => cluster.places.map(({ id }) => id));
  expect(ids).toEqual(topology.gateways.flatMap(({ id }) => topology.children.get(id) ?? []));
  for (const { bounds, places: own } of places.clusters) {
    for (const { centre } of own) {
      expect(centre.x).toBeGreaterThan(bounds.x);
      expect(centre.x).toBeLessThan(bounds.x + bounds.width);
      expect(centre.y).toBeLessThan(bounds.y + bounds.height);
    }
  }
});

it('ten thousand devices are laid out and placed in a moment', () => {
  const time = (gateways: number, devices: number, fogs: number) => {
    const large = network(gateways, devices, fogs);
    const start = performance.now();
    toPlaces(large, layoutOf(large, view));
    return performance.now() - start;
  };
  time(16, 78, 8);
  expect(time(16, 78, 8)).toBeLessThan(400);
});

describe('at a point of the picture is', () => {
  it('the device whose ring is there', () => {
    for (const cluster of places.clusters.slice(0, 3)) {
      for (const { id, centre } of cluster.places) {
        expect(elementAt(places, centre, 1)).toBe(id);
        expect(elementAt(places, { x: centre.x + 0.8 * places.device.radius, y: centre.y }, 1)).toBe(id);
      }
    }
  });

  it('the nearest one where devices are smaller than a fingertip', () => {
    const [place] = places.clusters[0].places;
    const beside = { x: place.centre.x, y: place.centre.y - places.device.radius - 2 };
    expect(elementAt(places, beside, 0.1)).toBe(place.id);
  });

  it('or the link that passes there', () => {
    const [first] = places.clusters[0].places;
    for (const share of [0.2, 0.5, 0.8]) {
      expect(elementAt(places, pointOn(first.link, share), 4)).toBe(`link:${first.id}`);
    }
  });

  it('or nothing', () => {
    expect(elementAt(places, { x: -200, y: 300 }, 1)).toBeNull();
    expect(elementAt(places, { x: 100, y: 0 }, 1)).toBeNull();
  });
});
