import { describe, expect, test } from 'vitest';
import { parseExperiment } from '../../sim/experiment/parse-experiment.ts';
import { buildTopology, type Topology } from '../../sim/fleet/topology.ts';
import { durationOf, type RoundRecord } from '../../sim/record/record.ts';
import { statuses } from '../../sim/record/statuses.ts';
import { collect, noiseData } from '../../sim/testing/collect.ts';
import { type Bar, Bars, joined } from './bars.ts';
import { waitedFor } from './closing.ts';
import { describeBar, describeLane } from './describe-lane.ts';
import { paint } from './paint.ts';
import { railsOf } from './rails.ts';
import { lanesOf, toTimetable } from './timetable.ts';

async function roundOf(settings: Record<string, unknown> = {}): Promise<{ record: RoundRecord; topology: Topology }> {
  const input = { data: noiseData, rounds: 1, ...settings };
  const [record] = await collect(input);
  return { record, topology: buildTopology(parseExperiment(input).fleet) };
}
const open = () => true;
const folded = () => false;

const plain = await roundOf();
const timetable = toTimetable(plain.record, plain.topology, open);
const lanes = lanesOf(timetable);
const lane = (id: string, of = lanes) => of.find((each) => each.id === id) ?? expect.fail(`no lane ${id}`);

describe('the timetable', () => {
  test('has a lane for each node, the straggler first and each gateway below its devices', () => {
    expect(lanes).toHaveLength(30 + 3 + 1 + 1);
    expect(lanes[0]).toMatchObject({ id: plain.record.straggler, isStraggler: true });
    const ids = lanes.map(({ id }) => id);
    expect(ids.slice(-2)).toEqual(['fog-1', 'cloud']);
    for (const { id, parent } of plain.topology.devices) expect(ids.indexOf(id)).toBeLessThan(ids.indexOf(parent));
  });

  test('keeps each lane in order, without gaps, and within the round', () => {
    for (const { bars } of lanes) {
      bars.forEach(({ from, to }, i) => {
        expect(to).toBeGreaterThan(from);
        if (i > 0) expect(from).toBeCloseTo(bars[i - 1].to, 12);
        expect(to).toBeLessThanOrEqual(durationOf(plain.record) + 1e-12);
      });
    }
  });

  test('lets the critical path run from the straggler over its gateway and fog to the end of the round', () => {
    const path = ['device-2', 'gateway-1', 'fog-1', 'cloud'].map((id) => lane(id).rail);
    path.forEach((rail, i) => {
      expect(rail?.enters).toBe(i > 0);
      if (i > 0) expect(rail?.from).toBe(path[i - 1]?.to);
    });
    expect(path[3]?.to).toBeCloseTo(durationOf(plain.record), 9);
    // It passes by the lanes in between, and by no other.
    expect(lane('device-1').rail).toMatchObject({ from: path[0]?.to, to: path[0]?.to });
    expect(lane('gateway-3').rail).toMatchObject({ from: path[1]?.to, to: path[1]?.to });
  });

  test('folds devices into their gateway, all but the straggler', () => {
    const few = lanesOf(toTimetable(plain.record, plain.topology, folded));
    expect(few.map(({ id }) => id)).toEqual(['device-2', 'gateway-1', 'gateway-2', 'gateway-3', 'fog-1', 'cloud']);
    const { deviceGroup } = lane('gateway-1', few);
    expect(deviceGroup).toMatchObject({ count: 10, trained: 10 });
    const own = plain.topology.devices.filter(({ parent }) => parent === 'gateway-1').map(({ id }) => lane(id));
    const lastSent = Math.max(...own.flatMap(({ bars }) => bars.filter(({ act }) => act === 'up').map(({ to }) => to)));
    expect(deviceGroup?.bars.findLast(({ act }) => act === 'up')?.to).toBe(lastSent);
  });

  test('ends with the round: a device that is late goes on in the next one', async () => {
    const late = await roundOf({ selection: { closes: true, deadline: 0.5 } });
    const { end, total, ...rest } = toTimetable(late.record, late.topology, open);
    expect(total).toBe(end);
    const arduino = lane('device-2', lanesOf({ end, total, ...rest }));
    expect(arduino.absence).toBe('late');
    expect(arduino.bars.at(-1)).toMatchObject({ to: end });
  });

  test('names no straggler where the deadline was waited for: the path begins at the gateway', async () => {
    const late = await roundOf({ selection: { closes: true, deadline: 0.5 } });
    const all = lanesOf(toTimetable(late.record, late.topology, open));
    expect(waitedFor(late.record, late.topology)).toBe('');
    expect(all.some(({ isStraggler }) => isStraggler)).toBe(false);
    expect(all.filter(({ rail }) => rail && !rail.enters).map(({ id }) => id)).toEqual(['gateway-1']);
  });

  test('puts who did something above who was absent', async () => {
    const half = await roundOf({ selection: { policy: 'random', fraction: 0.5 } });
    const { branches } = toTimetable(half.record, half.topology, open);
    for (const { devices } of branches.flatMap(({ groups }) => groups)) {
      const worked = devices.map(({ bars }) => bars.length > 0);
      expect(worked).toEqual([...worked].sort((a, b) => Number(b) - Number(a)));
    }
  });

  test('shows several gateway rounds as several bars of a kind', async () => {
    const three = await roundOf({ aggregation: { gatewayRounds: 3 } });
    const { bars } = lane('device-1', lanesOf(toTimetable(three.record, three.topology, open)));
    for (const act of ['down', 'compute', 'up']) expect(bars.filter((bar) => bar.act === act)).toHaveLength(3);
  });

  test('says why a device did nothing, and has no path where nobody took part', async () => {
    const none = await roundOf({ fleet: { figures: { 'kind:esp32': { memory: 1 } }, mix: ['esp32'] } });
    const all = lanesOf(toTimetable(none.record, none.topology, open));
    expect(lane('device-1', all)).toMatchObject({ absence: 'out of memory', bars: [] });
    expect(all.every(({ rail }) => rail === null)).toBe(true);
  });

  test('keeps devices whose gateway has left the network since', () => {
    const { fleet } = parseExperiment({ fleet: { removed: ['device-3'] } });
    const ids = lanesOf(toTimetable(plain.record, buildTopology(fleet), open)).map(({ id }) => id);
    expect(ids).toContain('device-3');
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('of 10,000 devices is folded in the time of a few frames', async () => {
    const { record, topology } = plain;
    const many = buildTopology(
      parseExperiment({ fleet: { fogs: 8, gatewaysPerFog: 16, devicesPerGateway: 78 } }).fleet,
    );
    const count = many.devices.length;
    const repeat = <Column extends Float64Array | Int32Array | Uint8Array>(
      make: (at: number) => number,
      column: Column,
    ) => column.map((_, i) => make(i)) as Column;
    const big: RoundRecord = {
      ...record,
      straggler: 'device-2',
      devices: {
        ...record.devices,
        number: repeat((i) => i + 1, new Int32Array(count)),
        status: new Uint8Array(count),
      },
      gateways: { ...record.gateways, number: repeat((i) => i + 1, new Int32Array(128)) },
      fogs: { ...record.fogs, number: repeat((i) => i + 1, new Int32Array(8)) },
      timeline: {
        lane: repeat((i) => Math.floor(i / 3), new Int32Array(3 * count)),
        activity: repeat((i) => i % 3, new Uint8Array(3 * count)),
        start: repeat((i) => i % 3, new Float64Array(3 * count)),
        end: repeat((i) => (i % 3) + 1, new Float64Array(3 * count)),
      },
    };
    const started = performance.now();
    expect(lanesOf(toTimetable(big, many, folded))).toHaveLength(1 + 128 + 8 + 1);
    expect(performance.now() - started).toBeLessThan(400);
    expect(topology.devices.length).toBeLessThan(count);
  });
});

describe('bars that touch or overlap', () => {
  const at = (lane: number[], start: number[], end: number[], activity = new Uint8Array(lane.length)) =>
    new Bars(
      { lane: Int32Array.from(lane), activity, start: Float64Array.from(start), end: Float64Array.from(end) },
      3,
    );

  test('are one, of many devices', () => {
    const bars = at([0, 1, 2, 0], [0, 1, 5, 2], [1.5, 2, 6, 3]);
    expect(bars.together([0, 1, 2])).toEqual([
      { act: 'down', from: 0, to: 3 },
      { act: 'down', from: 5, to: 6 },
    ]);
    expect(bars.together([])).toEqual([]);
  });

  // Two families' models cross a link side by side.
  const families = at([0, 0, 0], [0, 0, 2.5], [2, 1, 3], Uint8Array.of(0, 0, 1));

  test('are one, of one node, and say their seconds once', () => {
    expect(joined(families.of(0))).toEqual([
      { act: 'down', from: 0, to: 2 },
      { act: 'wait', from: 2, to: 2.5 },
      { act: 'compute', from: 2.5, to: 3 },
    ]);
  });

  test('are no waiting: the one that begins last need not end last', () => {
    const waits = families.of(0, 4).filter(({ act }) => act === 'wait');
    expect(waits).toEqual([
      { act: 'wait', from: 2, to: 2.5 },
      { act: 'wait', from: 3, to: 4 },
    ]);
    expect(at([0, 0], [0, 0], [2, 1]).of(0, 2)).toHaveLength(2);
  });
});

describe('the critical path', () => {
  const work = (from: number, to: number): Bar[] => [{ act: 'up', from, to }];

  test('is not drawn where one of its nodes did nothing', () => {
    const stops = [
      { id: 'device-1', bars: work(0, 1) },
      { id: 'gateway-1', bars: [] },
    ];
    expect(railsOf(stops, ['device-1', 'gateway-1']).size).toBe(0);
    expect(railsOf(stops, ['', '', '', 'cloud']).size).toBe(0);
  });
});

describe('in words', () => {
  test('a lane says its seconds, bytes and joules, and a bar from when to when', () => {
    const words = describeLane(lane('device-2'));
    expect(words).toMatch(
      /^Arduino 2, the round waited for it: receives the model: \d+ ms, 7\.0\d kB, \d+ mJ; trains: /,
    );
    expect(words).toMatch(/sends its update: \d+ ms, 7\.0\d kB, \d+ mJ; waits: .* idle$/);
    expect(describeBar(lane('device-2'), 0.3)).toMatch(/receives the model: .* from \S+ ms to \d+ ms$/);
  });

  test('a folded gateway speaks for its devices', () => {
    const few = lanesOf(toTimetable(plain.record, plain.topology, folded));
    expect(describeLane(lane('gateway-2', few))).toMatch(/^Gateway 2: 10 of 10 devices trained: they receive .* to /);
  });

  test('an absent device says why', () => {
    const absent = { ...lane('device-1'), bars: [], absence: statuses[1] };
    expect(describeLane(absent)).toBe('ESP32 1, out of memory');
  });
});

test('bars are painted as hard stops, waiting as a layer of its own', () => {
  const bars: Bar[] = [
    { act: 'down', from: 0, to: 1 },
    { act: 'wait', from: 1, to: 2 },
  ];
  const background = paint(bars, 4);
  expect(background.match(/linear-gradient/g)).toHaveLength(2);
  expect(background).toContain('var(--bar-down) max(25%,');
  expect(background).toContain('var(--bar-wait) max(50%,');
  expect(paint([], 4)).toBe('');
  expect(paint([], 4, bars).match(/linear-gradient/g)).toHaveLength(1);
});
