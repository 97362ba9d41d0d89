import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { defaultExperiment } from '../../sim/experiment/experiment.ts';
import { buildTopology } from '../../sim/fleet/topology.ts';
import type { History } from '../../sim/record/record.ts';
import { collect } from '../../sim/testing/collect.ts';
import type { FoglineState, FoglineStore, Phase } from '../../store/store.ts';
import { announce } from './announce.ts';

const experiment = { ...defaultExperiment, rounds: 40 };
const topology = buildTopology(experiment.fleet);
const figures = { path: 'fleet.figures', value: { 'kind:arduino': { uplink: 1000 } } };
const records = await collect(experiment, { edits: [{ round: 20, changes: [figures] }] });
/** The same run, with an accuracy that climbs by two points a round up to 80 %. */
const history = records.map((record, i) => ({
  ...record,
  evaluation: { ...record.evaluation, accuracy: Math.min(0.8, 0.3 + 0.02 * i) },
}));

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function start() {
  const store = createStore(() => ({ history: [] as History, topology, phase: 'paused' as Phase }));
  const said: { text: string; at: number }[] = [];
  const stop = announce(store as unknown as FoglineStore, (text) => said.push({ text, at: Date.now() }));
  const set = (state: Partial<Pick<FoglineState, 'history' | 'phase'>>) => store.setState(state);
  /** A round every 0.8 s, as at the speed that the page begins with. */
  const play = (from: number, to: number) => {
    set({ phase: 'running' });
    for (let count = from; count <= to; count++) {
      set({ history: history.slice(0, count) });
      vi.advanceTimersByTime(800);
    }
  };
  return { said, set, play, stop };
}

describe('while rounds come by themselves', () => {
  it('something is said at most every five seconds, and never the same twice', () => {
    const { said, play } = start();
    play(1, 40);
    expect(said.length).toBeGreaterThan(2);
    for (let i = 1; i < said.length; i++) expect(said[i].at - said[i - 1].at).toBeGreaterThanOrEqual(5000);
    expect(new Set(said.map(({ text }) => text.replace(/^Round \d+/, ''))).size).toBe(said.length);
  });

  it('only what changed is said', () => {
    const { said, play } = start();
    play(1, 19);
    expect(said[0].text).toMatch(
      /^Round 1: accuracy 30\.0 %; it took 1\.\d\d s; it waited for the 10 Arduinos, whose .*; 30 of 30 devices took part\.$/,
    );
    expect(said[1].text).toMatch(/^Round 7: accuracy 42\.0 %, up 12\.0 points\.$/);
  });

  it('what takes another time, or waits for others, is told', () => {
    const { said, play } = start();
    play(1, 40);
    expect(
      said.some(({ text }) => /it took \d+ ms; it waited for the 10 Arduinos, whose .* downloads/.test(text)),
    ).toBe(true);
  });

  it('nothing is said where nothing changes', () => {
    const { said, play } = start();
    // From round 30 on the accuracy stays, and every round is as the one before.
    play(30, 40);
    vi.advanceTimersByTime(60_000);
    expect(said).toHaveLength(1);
  });
});

describe('what the visitor asked for', () => {
  it('is said at once: a step, and a pause', () => {
    const { said, set, play } = start();
    for (const count of [1, 2, 3]) {
      set({ phase: 'stepping' });
      set({ history: history.slice(0, count) });
      set({ phase: 'paused' });
    }
    expect(said.map(({ text }) => text.slice(0, 8))).toEqual(['Round 1:', 'Round 2:', 'Round 3:']);
    play(4, 5);
    const before = said.length;
    set({ phase: 'paused' });
    expect(said).toHaveLength(before + 1);
    expect(said.at(-1)?.text).toMatch(/^Round 5: accuracy 38\.0 %/);
  });

  it('a run that starts again is told from its first round', () => {
    const { said, set, play } = start();
    play(1, 3);
    set({ history: [], phase: 'loading' });
    set({ phase: 'paused' });
    play(1, 1);
    vi.advanceTimersByTime(5000);
    expect(said.at(-1)?.text).toMatch(/^Round 1: accuracy 30\.0 %; it took/);
  });
});
