import { beforeAll, describe, expect, it } from 'vitest';
import { defaultExperiment } from '../../sim/experiment/experiment.ts';
import { parseExperiment } from '../../sim/experiment/parse-experiment.ts';
import { buildTopology } from '../../sim/fleet/topology.ts';
import type { History } from '../../sim/record/record.ts';
import { collect } from '../../sim/testing/collect.ts';
import { toAnimation } from './round-animation.ts';
import { selectUpperLine } from './upper-line.ts';

const experiment = { ...defaultExperiment, rounds: 2 };
const topology = buildTopology(experiment.fleet);
let history: History;
beforeAll(async () => {
  history = await collect(experiment);
});
const lineOf = (id: string, at?: number): string => {
  const record = history[history.length - 1];
  const instant = at === undefined ? null : { record, at };
  return selectUpperLine({ experiment, topology, history }, id, 'tiny', instant);
};

describe('what an upper node says while the playback is held', () => {
  it('is what has arrived by then: with messages on their way it is not all', () => {
    const [, record] = history;
    const { journeys } = toAnimation(record);
    const duration = record.end - record.start;
    const isBelow = (id: string) => topology.byId.get(id)?.parent === 'gateway-1';
    for (const share of [0, 0.2, 0.5, 0.8, 0.999]) {
      const arrived = journeys.filter(({ id, way, to }) => way === 'up' && isBelow(id) && to <= share + 1e-12).length;
      expect(lineOf('gateway-1', share * duration), `at ${share}`).toBe(`${arrived}/10`);
    }
    expect(lineOf('gateway-1', 0)).toBe('0/10');
    expect(lineOf('gateway-1')).toBe('10/10');
  });

  it('counts a fog’s gateways, and leaves the cloud the model of the round before', () => {
    const [first, second] = history;
    expect(lineOf('fog-1', 0)).toBe('0');
    expect(lineOf('fog-1')).toBe('3');
    expect(lineOf('cloud', 0)).toMatch(/ v1$/);
    expect(lineOf('cloud')).toMatch(/ v2$/);
    const alone = { experiment, topology, history: [first] };
    expect(selectUpperLine(alone, 'cloud', 'tiny', { record: first, at: 0 })).toBe('start · v0');
    expect(selectUpperLine({ experiment, topology, history }, 'gateway-1', 'tiny', { record: first, at: 0 })).toBe(
      '10/10',
    );
    expect(second.round).toBe(2);
  });
});

describe('what an upper node says of several updates of one device', () => {
  const lastLine = async (own: object) => {
    const wanted = parseExperiment({ fleet: { fogs: 1, gatewaysPerFog: 1, devicesPerGateway: 2 }, rounds: 2, ...own });
    const state = { experiment: wanted, topology: buildTopology(wanted.fleet), history: await collect(wanted) };
    return [selectUpperLine(state, 'gateway-1', 'narrow'), selectUpperLine(state, 'gateway-1', 'tiny')];
  };

  it.each([
    ['fed-async', 7],
    // Two come at once, and one of them may belong to the record after.
    ['fed-buff', 6],
  ])('is how many came in, of no whole: %s', async (mode, updates) => {
    expect(await lastLine({ aggregation: { mode, buffer: 7 } })).toEqual([`${updates} updates`, `${updates}`]);
  });

  it('tells by tier who waits, what lies in a buffer, and how many were passed on', async () => {
    const byTier = { mode: 'by-tier', gatewayWaits: 'barrier', buffer: 1 };
    expect(await lastLine({ aggregation: byTier })).toEqual(['2 of 2 in', '2/2']);
    const buffered = { ...byTier, gatewayWaits: 'buffer', gatewayBuffer: 3 };
    const [narrow, tiny] = await lastLine({ aggregation: buffered });
    expect(narrow).toMatch(/^[0-2] of buffer 3$/);
    expect(tiny).toMatch(/^[0-2]\/3$/);
    // Relays below a cloud that waits: each device's own update.
    expect(await lastLine({ aggregation: { ...byTier, gatewayWaits: 'relay', cloudWaits: 'barrier' } })).toEqual([
      '2 updates',
      '2',
    ]);
  });

  it('with several rounds between a gateway and its devices each counts once', async () => {
    expect(await lastLine({ aggregation: { gatewayRounds: 3 } })).toEqual(['2 of 2 in', '2/2']);
  });
});
