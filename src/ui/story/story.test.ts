import { describe, expect, test } from 'vitest';
import { applyChanges, type Change } from '../../sim/experiment/edits.ts';
import { defaultExperiment, type Experiment } from '../../sim/experiment/experiment.ts';
import { valueAt } from '../../sim/experiment/parse-experiment.ts';
import { buildTopology } from '../../sim/fleet/topology.ts';
import { collect } from '../../sim/testing/collect.ts';
import { describeChanges, forEachChange } from './describe-changes.ts';
import { stragglersOf } from './last-nodes.ts';
import { formatRate } from './names.ts';
import { toStory } from './to-story.ts';

const oneRound: Experiment = { ...defaultExperiment, rounds: 1 };
const topology = buildTopology(oneRound.fleet);
const [record] = await collect(oneRound);
const arduinos = topology.devices.filter(({ profile }) => profile.id === 'arduino').map(({ id }) => id);

async function storyWith(...changes: Change[]) {
  const experiment = applyChanges(oneRound, changes);
  const [round] = await collect(experiment);
  return toStory(round, buildTopology(experiment.fleet));
}

describe('the story', () => {
  test('names the slow boards that tie, all of them, and their uploads', () => {
    const story = toStory(record, topology);
    expect(story.straggler).toEqual({ id: 'device-2', label: 'Arduino 2' });
    expect(story.ids[0]).toBe(record.straggler);
    expect(new Set(story.ids)).toEqual(new Set(arduinos));
    expect(story.who).toBe('10 Arduinos');
    expect(story.because).toMatch(/^whose 7\.\d\d kB uploads take \d+ ms at 100 kbit\/s$/);
    expect(story.reason).toBe('100 kbit/s links');
    expect(story).toMatchObject({ trained: 30, devices: 30, satOut: [] });
    expect(story.how).toBe(`it waited for the 10 Arduinos, ${story.because}`);
  });

  test('says that the new model diverged, whoever was waited for', () => {
    const families = record.families.map((family) => ({ ...family, diverged: true }));
    const { how } = toStory({ ...record, families }, topology);
    expect(how).toBe(`${toStory(record, topology).how}; the new model had diverged and was thrown away`);
  });

  test('marks those that are slower than others, and nobody where all tie', async () => {
    expect(stragglersOf(record, topology)).toEqual(new Set(arduinos));
    const alike = applyChanges(oneRound, [{ path: 'fleet.mix', value: ['nb-iot'] }]);
    const [round] = await collect(alike);
    expect(stragglersOf(round, buildTopology(alike.fleet))).toEqual(new Set());
    expect(toStory(round, buildTopology(alike.fleet)).who).toBe('30 NB-IoT boards');
  });

  test('names the one that is slower than the others', async () => {
    const story = await storyWith({ path: 'fleet.figures', value: { 'device-5': { uplink: 50 } } });
    expect(story.ids).toEqual(['device-5']);
    expect(story.how).toMatch(/^it waited for Arduino 5, whose 7\.\d\d kB upload takes 1\.14 s at 50 kbit\/s$/);
  });

  test('raising the links of all that it names makes the round shorter, and of one alone does not', async () => {
    const { ids, seconds } = toStory(record, topology);
    const raised = (each: readonly string[]) =>
      storyWith({ path: 'fleet.figures', value: Object.fromEntries(each.map((id) => [id, { uplink: 1000 }])) });
    expect((await raised(ids.slice(0, 1))).seconds).toBeCloseTo(seconds, 12);
    expect((await raised(ids)).seconds).toBeLessThan(seconds - 0.1);
  });

  test('names the gateways where their links are the slowest step, one or all of them', async () => {
    const one = await storyWith({ path: 'fleet.figures', value: { 'gateway-2': { uplink: 10 } } });
    expect(one.how).toMatch(/^it waited for Gateway 2, whose 7\.\d\d kB upload takes 5\.\d\d s at 10 kbit\/s$/);
    const all = await storyWith({ path: 'fleet.figures', value: { 'kind:gateway': { uplink: 10 } } });
    expect(all.who).toBe('3 gateways');
    expect(all.reason).toBe('10 kbit/s links');
  });

  test('names the training where that is what takes longest', async () => {
    const { because, straggler } = await storyWith(
      { path: 'training.localEpochs', value: 20 },
      { path: 'fleet.figures', value: { 'device-4': { computeRate: 1 } } },
    );
    expect(straggler?.id).toBe('device-4');
    expect(because).toMatch(/^whose training takes/);
  });

  test('leaves the rate out where the link was edited since', () => {
    const edited = applyChanges(oneRound, [{ path: 'fleet.figures', value: { 'device-2': { uplink: 900 } } }]);
    expect(toStory(record, buildTopology(edited.fleet)).because).not.toContain('kbit/s');
  });

  test('says who sat out and why', async () => {
    const { satOut, trained } = await storyWith({ path: 'fleet.figures', value: { 'device-2': { memory: 2 } } });
    expect(trained).toBe(29);
    expect(satOut).toEqual([{ status: 'out of memory', count: 1, names: ['Arduino 2'] }]);
  });

  test('is told where no device could take part', async () => {
    const memory = Object.fromEntries(
      ['esp32', 'arduino', 'raspberry-pi'].map((kind) => [`kind:${kind}`, { memory: 1 }]),
    );
    const story = await storyWith({ path: 'fleet.figures', value: memory });
    expect(story).toMatchObject({ straggler: null, trained: 0, how: 'no device could take part' });
  });

  test('says when a round closed without the last', async () => {
    const closes = { path: 'selection.closes', value: true };
    const atDeadline = await storyWith(closes, { path: 'selection.deadline', value: 0.5 });
    expect(atDeadline.how).toBe('it closed at its deadline after 500 ms, without 10 devices that came too late');
    const tooSoon = await storyWith(closes, { path: 'selection.deadline', value: 0.1 });
    expect(tooSoon).toMatchObject({ trained: 10 });
    const enough = await storyWith(
      { path: 'selection.policy', value: 'random' },
      { path: 'selection.overSelect', value: 0.4 },
    );
    expect(enough.how).toMatch(/^it closed with enough updates after 1\.19 s, without 6 devices that came too late$/);
  });

  test('does not speak of waiting where nobody waits', async () => {
    const { how, waited } = await storyWith({ path: 'aggregation.mode', value: 'fed-buff' });
    expect(waited).toBe(false);
    expect(how).toMatch(/^updates of \d+ devices came in, .*; nobody waited$/);
  });

  test('says which tiers waited, and whose averages came in', async () => {
    const byTier = { path: 'aggregation.mode', value: 'by-tier' };
    const one = await storyWith(byTier, { path: 'aggregation.buffer', value: 1 });
    expect(one.waited).toBe(false);
    expect(one.how).toBe('1 gateway average of 10 updates came in, all from the latest version; only gateways waited');
    const both = await storyWith(
      byTier,
      { path: 'aggregation.fogWaits', value: 'barrier' },
      { path: 'aggregation.buffer', value: 1 },
    );
    expect(both.how).toBe(
      '1 fog average of 30 updates came in, all from the latest version; only gateways and fogs waited',
    );
  });

  test('says when a cloud closed without the last that its gateways would have passed on', async () => {
    const { how } = await storyWith(
      { path: 'aggregation.mode', value: 'by-tier' },
      { path: 'aggregation.gatewayWaits', value: 'relay' },
      { path: 'aggregation.cloudWaits', value: 'barrier' },
      { path: 'selection.closes', value: true },
      { path: 'selection.deadline', value: 1 },
    );
    expect(how).toMatch(/^it closed at its deadline after 1\.00 s, without \d+ devices that came too late$/);
  });

  test('explains a round of no time: two buffers full of updates that came at once', async () => {
    const alike = [
      { path: 'rounds', value: 3 },
      { path: 'fleet.mix', value: ['raspberry-pi'] },
      // Links of their own: over a shared one updates come one after the other.
      { path: 'fleet.fogs', value: 8 },
      { path: 'fleet.gatewaysPerFog', value: 1 },
      { path: 'fleet.devicesPerGateway', value: 1 },
      { path: 'aggregation.mode', value: 'fed-buff' },
      { path: 'aggregation.buffer', value: 4 },
    ];
    const experiment = applyChanges(defaultExperiment, alike);
    const [, second] = await collect(experiment);
    const { seconds, how } = toStory(second, buildTopology(experiment.fleet));
    expect(seconds).toBe(0);
    expect(how).toBe('the cloud used updates that had come in before, on average 1.0 versions old');
  });
});

describe('live changes in words', () => {
  const wordsOf = (changes: readonly Change[]) => {
    const after = applyChanges(oneRound, changes);
    return describeChanges(changes, (path) => valueAt(oneRound, path), buildTopology(after.fleet));
  };

  test('a codec on all three uplinks is one change', () => {
    const changes = ['device', 'gateway', 'fog'].map((tier) => ({
      path: `compression.${tier}.quantise`,
      value: 'int8',
    }));
    expect(wordsOf(changes)).toEqual([{ short: 'INT8', long: 'INT8 on every uplink' }]);
  });

  test('a nought that is no amount is said in words', () => {
    const changes = ['training.localSteps', 'selection.count', 'targetAccuracy', 'aggregation.maxStaleness'].map(
      (path) => ({ path, value: 0 }),
    );
    expect(wordsOf(changes).map(({ long }) => long)).toEqual([
      'Local steps: by epochs',
      'Devices asked: by share',
      'Target accuracy: none',
      expect.stringMatching(/: any age$/),
    ]);
  });

  test('so is one of several stages, with its whole name', () => {
    const changes = ['device', 'gateway', 'fog'].flatMap((tier) => [
      { path: `compression.${tier}.sparsify`, value: 'top-k' },
      { path: `compression.${tier}.keep`, value: 0.1 },
    ]);
    expect(wordsOf(changes)).toEqual([{ short: 'top-k 10 % + FP32', long: 'top-k 10 % + FP32 on every uplink' }]);
    expect(wordsOf(changes.slice(2)).map(({ long }) => long)).not.toContain('top-k 10 % + FP32 on every uplink');
  });

  test('settings say their label, value and unit', () => {
    const [rate, keep] = wordsOf([
      { path: 'training.learningRate', value: 0.1 },
      { path: 'compression.device.keep', value: 0.05 },
    ]);
    expect(rate.long).toBe('Learning rate: 0.1');
    expect(keep.long).toBe('Keep, device → gateway: 5 %');
    const [time, deadline, seed] = wordsOf([
      { path: 'compression.budget', value: 0.2 },
      { path: 'selection.deadline', value: 86_400 },
      { path: 'seed', value: 1_234_567_890 },
    ]);
    expect(time.long).toBe('Transfer time: 0.2 s');
    expect(deadline.long).toBe('Deadline: 1 d');
    expect(seed.long).toBe('Seed: 1,234,567,890');
  });

  test('edits of the fleet name the node and what changed', () => {
    const long = (path: string, value: unknown) => wordsOf([{ path, value }]).map((each) => each.long);
    expect(long('fleet.figures', { 'device-2': { uplink: 1000 } })).toEqual(['Arduino 2: uplink 1 Mbit/s']);
    expect(long('fleet.figures', { 'kind:arduino': { loss: 5 } })).toEqual(['every Arduino: packet loss 5 %']);
    expect(long('fleet.removed', ['device-3'])).toEqual(['Device 3 removed']);
    expect(long('fleet.added', [{ id: 'device-31', parent: 'gateway-1', profile: 'esp32' }])).toEqual([
      'ESP32 31 added',
    ]);
    expect(long('fleet.parents', { 'device-2': 'gateway-3' })).toEqual(['Arduino 2 moved to Gateway 3']);
    expect(long('fleet.profiles', { 'device-2': 'esp32' })).toEqual(['device 2 is now ESP32']);
    expect(long('fleet.off', ['gateway-3', 'link:device-2'])).toEqual(['Gateway 3 off', 'link of Arduino 2 off']);
    expect(long('fleet.models', { 'device-2': 'micro-cnn' })).toEqual(['Arduino 2 takes MicroCNN']);
  });

  test('what is switched on again, or left to the rule again, is named too', () => {
    const before: Readonly<Record<string, unknown>> = {
      'fleet.off': ['gateway-3', 'device-2'],
      'fleet.models': { 'device-2': 'micro-cnn' },
    };
    const changes = [
      { path: 'fleet.off', value: ['device-2'] },
      { path: 'fleet.models', value: {} },
    ];
    expect(describeChanges(changes, (path) => before[path], topology).map(({ long }) => long)).toEqual([
      'Gateway 3 on again',
      'Arduino 2: model by rule',
    ]);
  });

  test('what was done to many devices alike is one line that counts them; to a few, each is named', () => {
    const ids = topology.devices.slice(0, 12).map(({ id }) => id);
    const all = <Value>(value: Value) => Object.fromEntries(ids.map((id) => [id, value]));
    const longOf = (path: string, value: unknown) => wordsOf([{ path, value }]).map(({ long }) => long);
    expect(longOf('fleet.profiles', all('lorawan'))).toEqual(['12 devices are now LoRa']);
    expect(longOf('fleet.figures', all({ uplink: 200 }))).toEqual(['12 devices: uplink 200 kbit/s']);
    expect(longOf('fleet.off', [...ids, 'gateway-3'])).toEqual(['12 devices off', 'Gateway 3 off']);
    expect(longOf('fleet.removed', ids)).toEqual(['12 devices removed']);
    expect(longOf('fleet.figures', { ...all({ uplink: 200 }), 'device-1': { uplink: 300 } })).toEqual([
      'ESP32 1: uplink 300 kbit/s',
      '11 devices: uplink 200 kbit/s',
    ]);
    expect(longOf('fleet.profiles', { 'device-1': 'lorawan', 'device-2': 'lorawan' })).toEqual([
      'device 1 is now LoRa',
      'device 2 is now LoRa',
    ]);
  });

  test('each change sees the values before it', async () => {
    const figures = (uplink: number) => ({ path: 'fleet.figures', value: { 'device-2': { uplink } } });
    const edits = [
      { round: 2, changes: [figures(200)] },
      { round: 3, changes: [figures(300)] },
    ];
    const history = await collect({ ...oneRound, rounds: 3 }, { edits });
    const seen: unknown[] = [];
    forEachChange(history, oneRound, (index, _, before) => seen.push([index, before('fleet.figures')]));
    expect(seen).toEqual([
      [1, {}],
      [2, { 'device-2': { uplink: 200 } }],
    ]);
  });
});

test('rates are said in the unit that people use', () => {
  expect([250, 1000, 20_000, 1_000_000].map(formatRate)).toEqual(['250 kbit/s', '1 Mbit/s', '20 Mbit/s', '1 Gbit/s']);
});
