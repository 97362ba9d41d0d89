import { describe, expect, it } from 'vitest';
import { parseExperiment } from '../experiment/parse-experiment.ts';
import { buildTopology, nodeLabel } from './topology.ts';

const build = (fleet: object = {}) => buildTopology(parseExperiment({ fleet }).fleet);

describe('buildTopology', () => {
  it('builds the tutorial’s thirty devices under three gateways, profiles in turn', () => {
    const { devices, gateways, fogs, children } = build();
    expect([devices.length, gateways.length, fogs.length]).toEqual([30, 3, 1]);
    expect(devices.slice(0, 4).map(nodeLabel)).toEqual(['ESP32 1', 'Arduino 2', 'R-Pi 3', 'ESP32 4']);
    expect(devices[10].parent).toBe('gateway-2');
    expect(children.get('gateway-3')).toHaveLength(10);
    expect(children.get('cloud')).toEqual(['fog-1']);
  });

  it('adds, moves and removes nodes without renumbering the others', () => {
    const { devices, gateways, byId } = build({
      added: [
        { id: 'gateway-4', parent: 'fog-1' },
        { id: 'device-31', parent: 'gateway-4', profile: 'smartphone' },
      ],
      parents: { 'device-5': 'gateway-4' },
      removed: ['device-7'],
    });
    expect(devices.map((device) => device.number)).toEqual([
      1,
      2,
      3,
      4,
      5,
      6,
      ...Array.from({ length: 24 }, (_, i) => i + 8),
    ]);
    expect(gateways).toHaveLength(4);
    expect(byId.get('device-5')?.parent).toBe('gateway-4');
    expect(byId.get('device-31')).toMatchObject({ profile: { id: 'smartphone' } });
  });

  it('takes a figure edited for the node before one edited for its kind before the profile’s', () => {
    const { devices } = build({
      figures: { 'kind:arduino': { uplink: 500, memory: 64 }, 'device-2': { uplink: 900 } },
    });
    expect(devices[1].figures).toMatchObject({ uplink: 900, memory: 64, downlink: 100 });
    expect(devices[4].figures).toMatchObject({ uplink: 500, memory: 64 });
    expect(devices[0].figures.uplink).toBe(1000);
  });

  it('edits gateways alike', () => {
    const { gateways } = build({ figures: { 'kind:gateway': { latency: 50 }, 'gateway-2': { uplink: 64 } } });
    expect(gateways.map((gateway) => [gateway.figures.latency, gateway.figures.uplink])).toEqual([
      [50, 20_000],
      [50, 64],
      [50, 20_000],
    ]);
  });

  it('builds the network of a fleet once, and another fleet’s apart', () => {
    const { fleet } = parseExperiment({});
    expect(buildTopology(fleet)).toBe(buildTopology(fleet));
    expect(buildTopology({ ...fleet, removed: ['device-7'] }).devices).toHaveLength(29);
  });

  it('lets devices of a kind share their figures, but for those edited by hand', () => {
    const { devices } = build({ figures: { 'device-4': { uplink: 900 } } });
    expect(devices[6].figures).toBe(devices[0].figures);
    expect(devices[3].figures).toEqual({ ...devices[0].figures, uplink: 900 });
  });
});
