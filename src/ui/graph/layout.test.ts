import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultExperiment } from '../../sim/experiment/experiment.ts';
import { buildTopology, type Topology } from '../../sim/fleet/topology.ts';
import { type Layout, layoutOf } from './layout.ts';

const desk = { width: 780, height: 540 };
const phone = { width: 370, height: 460 };

const network = (fogs: number, gatewaysPerFog: number, devicesPerGateway: number): Topology =>
  buildTopology({ ...defaultExperiment.fleet, fogs, gatewaysPerFog, devicesPerGateway });

const centre = (layout: Layout, id: string) => {
  const point = layout.centres.get(id);
  if (!point) throw new Error(`${id} has no place`);
  return point;
};
const scaleIn = (view: typeof desk, { bounds }: Layout) =>
  Math.min(view.width / bounds.width, view.height / bounds.height);

describe('the layout', () => {
  it('gives every node a place, tier below tier, inside the bounds, and no two devices overlap', () => {
    const counts = fc.tuple(
      fc.integer({ min: 1, max: 3 }),
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 40 }),
    );
    fc.assert(
      fc.property(counts, fc.constantFrom(desk, phone), ([fogs, gateways, devices], view) => {
        const topology = network(fogs, gateways, devices);
        const layout = layoutOf(topology, view);
        const { bounds, device } = layout;
        for (const node of topology.byId.values()) {
          const { x, y } = centre(layout, node.id);
          expect(x).toBeGreaterThanOrEqual(bounds.x);
          expect(x).toBeLessThanOrEqual(bounds.x + bounds.width);
          expect(y).toBeLessThanOrEqual(bounds.y + bounds.height);
          if (node.parent) expect(y).toBeGreaterThan(centre(layout, node.parent).y);
        }
        const places = topology.devices.map(({ id }) => centre(layout, id));
        let nearest = Number.POSITIVE_INFINITY;
        places.forEach((one, i) => {
          for (const other of places.slice(i + 1))
            nearest = Math.min(nearest, Math.hypot(one.x - other.x, one.y - other.y));
        });
        expect(nearest).toBeGreaterThanOrEqual(2 * device.radius);
      }),
      { numRuns: 30 },
    );
  });

  it('shows three devices large, thirty with names, three hundred as clusters that still fit', () => {
    expect(layoutOf(network(1, 3, 1), desk).device.id).toBe('large');
    expect(layoutOf(network(1, 1, 3), desk).device.id).toBe('large');
    expect(layoutOf(network(1, 3, 10), desk).device.id).toBe('medium');
    const many = layoutOf(network(1, 3, 100), desk);
    expect(many.device.id).toBe('tight');
    expect(scaleIn(desk, many)).toBeGreaterThan(0.9);
  });

  it('leaves words out of the gateways’ boxes only where there are so many that they could not be read', () => {
    expect(layoutOf(network(1, 10, 100), desk).box.id).toBe('narrow');
    expect(layoutOf(network(2, 15, 100), desk).box.id).toBe('tiny');
    const most = layoutOf(network(8, 16, 78), desk);
    expect(most.box.id).toBe('dot');
    expect(scaleIn(desk, most)).toBeGreaterThan(0.15);
  });

  it('makes thirty devices fit a phone’s width', () => {
    expect(scaleIn(phone, layoutOf(network(1, 3, 10), phone))).toBeGreaterThan(0.9);
  });

  it('keeps each gateway’s devices in its own region, and regions apart', () => {
    const topology = network(2, 2, 9);
    const layout = layoutOf(topology, desk);
    for (const node of topology.devices) {
      const region = layout.regions.get(node.parent);
      const { x, y } = centre(layout, node.id);
      expect(
        region && x > region.x && x < region.x + region.width && y > region.y && y < region.y + region.height,
      ).toBe(true);
    }
    const regions = topology.gateways.map(({ id }) => layout.regions.get(id));
    regions.slice(1).forEach((region, i) => {
      const before = regions[i];
      expect(region && before && region.x >= before.x + before.width - 1e-6).toBe(true);
    });
  });
});
