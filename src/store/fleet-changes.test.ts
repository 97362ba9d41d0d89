import { describe, expect, it } from 'vitest';
import { applyChanges, areLive, changesBetween } from '../sim/experiment/edits.ts';
import { defaultExperiment, type Experiment } from '../sim/experiment/experiment.ts';
import { parseExperiment } from '../sim/experiment/parse-experiment.ts';
import { buildTopology, type NetworkNode } from '../sim/fleet/topology.ts';
import {
  addDevice,
  addGateway,
  applyToKind,
  type ChangesOrRefusal,
  devicesInScope,
  moveNode,
  nextProfile,
  removeDevices,
  removeNode,
  resetFigure,
  resetFigures,
  setFigure,
  setModel,
  setProfiles,
  setSwitchedOn,
} from './fleet-changes.ts';

function make(experiment: Experiment, changes: ChangesOrRefusal): Experiment {
  if (typeof changes === 'string') throw new Error(changes);
  expect(areLive(changes)).toBe(true);
  return applyChanges(experiment, changes);
}

const nodeOf = (experiment: Experiment, id: string): NetworkNode => {
  const node = buildTopology(experiment.fleet).byId.get(id);
  if (!node) throw new Error(`${id} is not there`);
  return node;
};
const childrenOf = (experiment: Experiment, id: string) => buildTopology(experiment.fleet).children.get(id);
const fleetOf = (fogs: number, gatewaysPerFog: number, devicesPerGateway: number) =>
  parseExperiment({ fleet: { fogs, gatewaysPerFog, devicesPerGateway } });

describe('adding', () => {
  it('attaches a device of the wanted kind to the gateway, numbered after all others', () => {
    const after = make(defaultExperiment, addDevice(defaultExperiment, 'gateway-2', 'smartphone'));
    expect(childrenOf(after, 'gateway-2')?.at(-1)).toBe('device-31');
    expect(nodeOf(after, 'device-31')).toMatchObject({ profile: { id: 'smartphone' } });
  });

  it('never uses a number again, even of a removed node', () => {
    let experiment = make(defaultExperiment, addDevice(defaultExperiment, 'gateway-1', 'esp32'));
    experiment = make(experiment, removeNode(experiment, 'device-31'));
    experiment = make(experiment, addDevice(experiment, 'gateway-1', 'esp32'));
    expect(childrenOf(experiment, 'gateway-1')).toContain('device-32');
    experiment = make(experiment, removeNode(experiment, 'gateway-3'));
    experiment = make(experiment, addGateway(experiment, 'fog-1'));
    expect(childrenOf(experiment, 'fog-1')).toEqual(['gateway-1', 'gateway-2', 'gateway-4']);
  });

  it('proposes the kind that the mix has next', () => {
    expect(nextProfile(defaultExperiment)).toBe(defaultExperiment.fleet.mix[0]);
    const after = make(defaultExperiment, addDevice(defaultExperiment, 'gateway-1', 'esp32'));
    expect(nextProfile(after)).toBe(defaultExperiment.fleet.mix[1]);
  });
});

describe('removing', () => {
  it('removes a device', () => {
    const after = make(defaultExperiment, removeNode(defaultExperiment, 'device-7'));
    expect(buildTopology(after.fleet).devices).toHaveLength(29);
  });

  it('gives a gateway’s devices to the smallest gateway under the same fog', () => {
    let experiment = fleetOf(2, 3, 2);
    experiment = make(experiment, removeNode(experiment, 'device-5'));
    experiment = make(experiment, removeNode(experiment, 'gateway-1'));
    expect(childrenOf(experiment, 'gateway-3')).toEqual(['device-1', 'device-2', 'device-6']);
    expect(childrenOf(experiment, 'gateway-2')).toEqual(['device-3', 'device-4']);
  });

  it('gives them to another fog’s gateway if there is none nearer', () => {
    const experiment = fleetOf(2, 1, 2);
    const after = make(experiment, removeNode(experiment, 'gateway-1'));
    expect(childrenOf(after, 'gateway-2')).toHaveLength(4);
  });

  it('refuses the last of a tier with a sentence', () => {
    const experiment = fleetOf(1, 1, 1);
    expect(removeNode(experiment, 'device-1')).toMatch(/last device/);
    expect(removeNode(experiment, 'gateway-1')).toMatch(/last gateway/);
    expect(removeNode(experiment, 'fog-1')).toMatch(/fleet/);
    expect(removeNode(experiment, 'cloud')).toMatch(/cloud/);
    expect(removeNode(experiment, 'device-99')).toMatch(/not in the network/);
  });

  it('removes several devices as one change, whatever else is named', () => {
    const changes = removeDevices(defaultExperiment, ['device-7', 'gateway-1', 'device-2', 'device-99', 'device-7']);
    expect(changes).toEqual([{ path: 'fleet.removed', value: ['device-2', 'device-7'] }]);
    expect(buildTopology(make(defaultExperiment, changes).fleet).devices).toHaveLength(28);
  });

  it('refuses to remove every device, with a sentence', () => {
    const ids = buildTopology(defaultExperiment.fleet).devices.map(({ id }) => id);
    expect(removeDevices(defaultExperiment, ids)).toBe(
      'These are all 30 devices: a federation needs at least one, so keep one of them.',
    );
    expect(removeDevices(defaultExperiment, ids.slice(1))).toHaveLength(1);
    expect(removeDevices(fleetOf(1, 1, 1), ['device-1'])).toMatch(/is the last device/);
    expect(removeDevices(defaultExperiment, [])).toBe('There is no device to remove.');
  });

  it('also removes a device that was moved or added', () => {
    let experiment = make(defaultExperiment, addGateway(defaultExperiment, 'fog-1'));
    experiment = make(experiment, addDevice(experiment, 'gateway-4', 'esp32'));
    experiment = make(experiment, removeNode(experiment, 'gateway-4'));
    expect(nodeOf(experiment, 'device-31').parent).toBe('gateway-1');
    experiment = make(experiment, removeNode(experiment, 'device-31'));
    expect(buildTopology(experiment.fleet).devices).toHaveLength(30);
  });
});

it('moves a device to another gateway, and a gateway to another fog', () => {
  const experiment = fleetOf(2, 1, 2);
  const moved = make(experiment, moveNode(experiment, 'device-1', 'gateway-2'));
  expect(childrenOf(moved, 'gateway-2')).toEqual(['device-1', 'device-3', 'device-4']);
  const both = make(moved, moveNode(moved, 'gateway-2', 'fog-1'));
  expect(childrenOf(both, 'fog-1')).toEqual(['gateway-1', 'gateway-2']);
});

describe('figures', () => {
  const rate = (experiment: Experiment, id: string) => nodeOf(experiment, id).figures.uplink;

  it('are edited for one node and reset', () => {
    const node = nodeOf(defaultExperiment, 'device-1');
    const edited = make(defaultExperiment, setFigure(defaultExperiment, [node], 'uplink', 50));
    expect(rate(edited, 'device-1')).toBe(50);
    expect(rate(edited, 'device-4')).toBe(1000);
    expect(make(edited, setFigure(edited, [node], 'uplink', 1000)).fleet.figures).toEqual({});
    expect(make(edited, resetFigure(edited, [node], 'uplink')).fleet.figures).toEqual({});
    expect(make(edited, resetFigures(edited, 'device-1')).fleet.figures).toEqual({});
  });

  it('are edited for several nodes as one change, and removed where a node has the value without the edit', () => {
    const nodes = ['device-1', 'device-2', 'device-4'].map((id) => nodeOf(defaultExperiment, id));
    const before = make(defaultExperiment, setFigure(defaultExperiment, nodes.slice(0, 1), 'latency', 99));
    const changes = setFigure(before, nodes, 'uplink', 100);
    expect(changes).toHaveLength(1);
    const after = make(before, changes);
    expect(nodes.map(({ id }) => rate(after, id))).toEqual([100, 100, 100]);
    // An Arduino has 100 kbit/s by itself.
    expect(after.fleet.figures).toEqual({ 'device-1': { latency: 99, uplink: 100 }, 'device-4': { uplink: 100 } });
    expect(make(after, resetFigure(after, nodes, 'uplink')).fleet.figures).toEqual({ 'device-1': { latency: 99 } });
  });

  it('spread to every node of the kind, over their own edits of that figure only', () => {
    let experiment = defaultExperiment;
    const set = (id: string, figure: 'uplink' | 'latency', value: number) => {
      experiment = make(experiment, setFigure(experiment, [nodeOf(experiment, id)], figure, value));
    };
    set('device-1', 'uplink', 50);
    set('device-4', 'uplink', 70);
    set('device-4', 'latency', 99);
    experiment = make(experiment, applyToKind(experiment, nodeOf(experiment, 'device-1')));
    expect(experiment.fleet.figures).toEqual({ 'kind:esp32': { uplink: 50 }, 'device-4': { latency: 99 } });
    expect(rate(experiment, 'device-4')).toBe(50);
    expect(rate(experiment, 'device-2')).toBe(100);
    const back = make(experiment, resetFigure(experiment, [nodeOf(experiment, 'device-1')], 'uplink'));
    expect(rate(back, 'device-1')).toBe(1000);
    const all = make(back, applyToKind(back, nodeOf(back, 'device-1')));
    expect(all.fleet.figures).toEqual({ 'device-4': { latency: 99 } });
  });

  it('spread among gateways too', () => {
    let experiment = make(
      defaultExperiment,
      setFigure(defaultExperiment, [nodeOf(defaultExperiment, 'gateway-1')], 'uplink', 500),
    );
    experiment = make(experiment, applyToKind(experiment, nodeOf(experiment, 'gateway-1')));
    expect(rate(experiment, 'gateway-3')).toBe(500);
    expect(rate(experiment, 'fog-1')).toBe(100_000);
  });

  it('are removed with the kind they were edits of', () => {
    const edited = make(
      defaultExperiment,
      setFigure(defaultExperiment, [nodeOf(defaultExperiment, 'device-1')], 'uplink', 50),
    );
    const phone = make(edited, setProfiles(edited, ['device-1'], 'smartphone'));
    expect(nodeOf(phone, 'device-1')).toMatchObject({ profile: { id: 'smartphone' }, figures: { uplink: 50_000 } });
    expect(phone.fleet.figures).toEqual({});
  });
});

describe('the kind of several devices', () => {
  const deviceOf = (experiment: Experiment, id: string) => {
    const node = nodeOf(experiment, id);
    if (node.tier !== 'device') throw new Error(`${id} is no device.`);
    return node;
  };
  const inScope = (experiment: Experiment, id: string, scope: Parameters<typeof devicesInScope>[2]) =>
    devicesInScope(buildTopology(experiment.fleet), deviceOf(experiment, id), scope);
  const kinds = (experiment: Experiment) => buildTopology(experiment.fleet).devices.map(({ profile }) => profile.id);

  it('is changed for one, all of its kind, all under its gateway, or all', () => {
    expect(inScope(defaultExperiment, 'device-1', 'device')).toEqual(['device-1']);
    expect(inScope(defaultExperiment, 'device-1', 'kind')).toHaveLength(10);
    expect(inScope(defaultExperiment, 'device-1', 'gateway')).toHaveLength(10);
    expect(inScope(defaultExperiment, 'device-1', 'fleet')).toHaveLength(30);
    const after = make(
      defaultExperiment,
      setProfiles(defaultExperiment, inScope(defaultExperiment, 'device-1', 'kind'), 'nb-iot'),
    );
    expect(kinds(after).filter((kind) => kind === 'nb-iot')).toHaveLength(10);
    expect(kinds(after).filter((kind) => kind === 'esp32')).toHaveLength(0);
    expect(kinds(after).filter((kind) => kind === 'arduino')).toHaveLength(10);
    const all = make(after, setProfiles(after, inScope(after, 'device-2', 'fleet'), 'lorawan'));
    expect(new Set(kinds(all))).toEqual(new Set(['lorawan']));
  });

  it('is refused in a sentence', () => {
    expect(setProfiles(defaultExperiment, ['device-1'], 'esp32')).toMatch(/^It is ESP32.* already\.$/);
    expect(setProfiles(defaultExperiment, ['device-1', 'device-4'], 'esp32')).toMatch(/^All of them are /);
    expect(setProfiles(defaultExperiment, [], 'esp32')).toBe('There is no device to change.');
    expect(setProfiles(defaultExperiment, ['device-1'], 'toaster')).toBe('There is no kind of device called toaster.');
  });

  it('of thousands is changed at once', () => {
    const large = fleetOf(1, 10, 100);
    const ids = inScope(large, 'device-1', 'fleet');
    const after = make(large, setProfiles(large, ids, 'nb-iot'));
    expect(kinds(after).every((kind) => kind === 'nb-iot')).toBe(true);
  });
});

const switched = (experiment: Experiment, target: string, on: boolean) =>
  applyChanges(experiment, setSwitchedOn(experiment, [target], on));

describe('switching', () => {
  it('a node or a link goes off and comes back, during a run', () => {
    expect(areLive(setSwitchedOn(defaultExperiment, ['gateway-2'], false))).toBe(true);
    let experiment = switched(defaultExperiment, 'gateway-2', false);
    experiment = switched(experiment, 'link:device-7', false);
    expect(experiment.fleet.off).toEqual(['gateway-2', 'link:device-7']);
    expect(switched(experiment, 'gateway-2', true).fleet.off).toEqual(['link:device-7']);
  });

  it('twice is as once', () => {
    const experiment = switched(switched(defaultExperiment, 'fog-1', false), 'fog-1', false);
    expect(experiment.fleet.off).toEqual(['fog-1']);
    expect(switched(defaultExperiment, 'fog-1', true)).toEqual(defaultExperiment);
  });
});

describe('switching several', () => {
  it('is one change, and leaves the others as they are', () => {
    const before = switched(switched(defaultExperiment, 'device-1', false), 'device-9', false);
    const changes = setSwitchedOn(before, ['device-1', 'device-2', 'device-3'], false);
    expect(changes).toHaveLength(1);
    const after = applyChanges(before, changes);
    expect(after.fleet.off).toEqual(['device-9', 'device-1', 'device-2', 'device-3']);
    const on = applyChanges(after, setSwitchedOn(after, ['device-1', 'device-2'], true));
    expect(on.fleet.off).toEqual(['device-9', 'device-3']);
  });
});

describe('a model by hand', () => {
  it('switches families on where all shared one model, which restarts the run', () => {
    const changes = setModel(defaultExperiment, 'device-2', 'micro-cnn');
    const experiment = applyChanges(defaultExperiment, changes);
    expect(areLive(changesBetween(defaultExperiment, experiment))).toBe(false);
    expect(experiment.families.assignment).toBe('by-rule');
    expect(experiment.fleet.models).toEqual({ 'device-2': 'micro-cnn' });
  });

  it('is live where there are families, and can be left to the rule again', () => {
    const families = applyChanges(defaultExperiment, [{ path: 'families.assignment', value: 'by-rule' }]);
    const given = setModel(families, 'device-2', 'tiny-mlp');
    expect(areLive(given)).toBe(true);
    expect(setModel(applyChanges(families, given), 'device-2', null)).toEqual([{ path: 'fleet.models', value: {} }]);
  });
});
