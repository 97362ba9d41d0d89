import { expect, it } from 'vitest';
import { defaultExperiment } from '../../sim/experiment/experiment.ts';
import { buildTopology } from '../../sim/fleet/topology.ts';
import { dropTargetOf } from './drop.ts';
import { layoutOf } from './layout.ts';

const topology = buildTopology({ ...defaultExperiment.fleet, fogs: 2, gatewaysPerFog: 2, devicesPerGateway: 4 });
const layout = layoutOf(topology, { width: 800, height: 500 });
const at = (id: string) => layout.centres.get(id) ?? { x: 0, y: 0 };

it('a device dropped among another gateway’s devices comes under that gateway', () => {
  expect(dropTargetOf(topology, layout, 'device-1', at('device-6'))).toBe('gateway-2');
  expect(dropTargetOf(topology, layout, 'device-1', at('gateway-3'))).toBe('gateway-3');
});

it('a device dropped at home or far from all gateways goes back', () => {
  expect(dropTargetOf(topology, layout, 'device-1', at('device-2'))).toBeNull();
  expect(dropTargetOf(topology, layout, 'device-1', { x: 0, y: -500 })).toBeNull();
});

it('a gateway comes under the other fog; fogs and the cloud stay', () => {
  expect(dropTargetOf(topology, layout, 'gateway-1', at('gateway-4'))).toBe('fog-2');
  expect(dropTargetOf(topology, layout, 'fog-1', at('fog-2'))).toBeNull();
});
